/** A worker's part that plays, with a database, a queue and an engine of its own, for tests. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { checkArchive } from '@arena/archive';
import { ArchiveBox } from '@arena/archive/boxed';
import { pack } from '@arena/archive/testing';
import type { GameRow, Limits } from '@arena/contracts';
import type { Engine } from '@arena/engine';
import { PlatformError, createAgentHost, type AgentHost } from '@arena/evaluation';
import {
  ArchiveRepository,
  CompetitionRepository,
  GameRepository,
  PlayRepository,
  StrikeRepository,
  SubmissionRepository,
  TryOutRepository,
  WorkerRepository,
  sweep,
  type ShardQueue,
} from '@arena/persistence';
import {
  competitionSettings,
  newSubmission,
  openTestDatabase,
  workerCard,
  type TestDatabase,
} from '@arena/persistence/testing';
import { AgentCache } from '../agents/agent-cache.ts';
import { loadEngine } from '../engine/engine-files.ts';
import { ShardPlayer, type ShardOutcome } from '../shards/shard-player.ts';
import { FrameSender } from '../watching/frame-sender.ts';

const ENGINE = fileURLToPath(new URL('../../../../nle-wasm/out', import.meta.url));

/** What the shards of a test share: made once. */
export interface Machine {
  host: AgentHost;
  engine: Engine;
}

/** `firstUid`: of 16 for its sandboxes. */
export async function openMachine(firstUid: number): Promise<Machine> {
  const host = createAgentHost({ uids: { first: firstUid, count: 16 } });
  return { host, engine: await loadEngine(ENGINE) };
}

/** What became of a shard. */
export interface WorkedShard {
  submission: string;
  from: number;
  outcome: ShardOutcome;
}

export class Workshop {
  readonly database: TestDatabase;
  readonly queue: ShardQueue;
  readonly submissions: SubmissionRepository;
  readonly #machine: Machine;
  readonly #folder: string;
  readonly #games: number;
  /** Tries so far that this machine had no processor for: the queue gives such a shard again. */
  disturbed = 0;

  private constructor(machine: Machine, database: TestDatabase, queue: ShardQueue, games: number) {
    this.#machine = machine;
    this.database = database;
    this.queue = queue;
    this.#games = games;
    this.submissions = new SubmissionRepository(database.dataSource, queue);
    this.#folder = mkdtempSync(join(tmpdir(), 'arena-workshop-'));
    chmodSync(this.#folder, 0o755);
  }

  /** With one competition, `test`, of so many games. */
  static async open(machine: Machine, games: number, limits: Limits): Promise<Workshop> {
    const database = await openTestDatabase();
    const shop = new Workshop(machine, database, await database.queue(), games);
    await new CompetitionRepository(database.dataSource).put(
      'test',
      competitionSettings({ gamesPerEvaluation: games, limits }),
    );
    return shop;
  }

  async close(): Promise<void> {
    await this.database.close();
    rmSync(this.#folder, { recursive: true });
  }

  /** Submits an agent for Node; resolves to its id. */
  async submit(code: string): Promise<string> {
    const manifest = {
      ...{ name: 'test', version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
      ...{ fields: ['blstats'], gamesAtOnce: 1, authors: ['test'] },
    };
    const bytes = await pack([
      { name: 'arena.json', content: JSON.stringify(manifest) },
      { name: 'agent.js', content: code },
    ]);
    const archive = await checkArchive(Readable.from([bytes]));
    const id = await this.submissions.create(newSubmission('test', { archive, gamesAtOnce: 1 }));
    if (id === null) throw new Error('not created');
    return id;
  }

  async gamesOf(submission: string): Promise<GameRow[]> {
    const page = await new GameRepository(this.database.dataSource).page(submission, 0, this.#games);
    return page?.games ?? [];
  }

  /** How often games were begun, in all. */
  async attempts(): Promise<number> {
    const [row] = await this.database.dataSource.query<{ sum: string }[]>(
      'SELECT sum("attempt") FROM "game"',
    );
    return Number(row?.sum);
  }

  /**
   * One worker with one place takes shards until nothing waits; what became of each, in order. `beside` is done again and
   * again meanwhile. Rejects with what went wrong other than that this machine was short of processor time.
   */
  async work(options: { turnMs?: number; beside?: () => Promise<void> } = {}): Promise<WorkedShard[]> {
    const owners = new Map<string, string>();
    for (const row of await this.database.dataSource.query<{ id: string; submission_id: string }[]>(
      'SELECT "id", "submission_id" FROM "evaluation"',
    ))
      owners.set(row.id, row.submission_id);
    const player = await this.#player(options.turnMs);
    const played: WorkedShard[] = [];
    let failed: unknown;
    await this.queue.work(['node'], 1, async (leased) => {
      try {
        const outcome = await player.play(leased);
        const { evaluationId, from } = leased.job;
        played.push({ submission: owners.get(evaluationId) ?? '', from, outcome });
      } catch (error) {
        // The queue gives it again, and the game in play is begun anew.
        if (error instanceof PlatformError && error.message.includes('short of processor time'))
          this.disturbed++;
        else failed ??= error;
        throw error;
      }
    });
    for (;;) {
      const [open] = await this.database.dataSource.query<{ open: number }[]>(
        `SELECT count(*)::int AS open FROM "evaluation" WHERE "state" NOT IN ('finished', 'failed')`,
      );
      const { shardsActive } = await this.queue.counts();
      if (failed) throw failed as Error;
      if (open?.open === 0 && shardsActive === 0) return played;
      await options.beside?.();
      await delay(20);
    }
  }

  /** What workers and API do all the time, and further tries are due at once: for {@link work}. */
  async sweepAndHurry(): Promise<void> {
    await sweep(this.database.dataSource, this.queue);
    await this.database.dataSource.query(
      `UPDATE "pgboss"."job" SET "start_after" = now() WHERE "state" = 'retry'`,
    );
  }

  async #player(turnMs: number | undefined): Promise<ShardPlayer> {
    const { dataSource } = this.database;
    const { host, engine } = this.#machine;
    const worker = workerCard({ engineId: engine.id });
    await new WorkerRepository(dataSource).register(worker);
    return new ShardPlayer({
      workerId: worker.id,
      host,
      engine: engine.modules,
      agents: new AgentCache(
        new ArchiveRepository(dataSource),
        new ArchiveBox(host.sandbox, host.stage),
        this.#folder,
        ['node'],
      ),
      plays: new PlayRepository(dataSource, this.queue),
      strikes: new StrikeRepository(dataSource),
      tryOuts: new TryOutRepository(dataSource),
      frames: new FrameSender(
        () => Promise.resolve(),
        () => undefined,
      ),
      ...(turnMs === undefined ? {} : { turnMs }),
    });
  }
}
