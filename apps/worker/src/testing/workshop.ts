/** Workers, and their part that plays, with a database of their own, for tests. */
import { randomUUID } from 'node:crypto';
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
import { createAgentHost, type AgentHost } from '@arena/evaluation';
import {
  ArchiveRepository,
  CompetitionRepository,
  GameRepository,
  PlayRepository,
  ShardQueue,
  StrikeRepository,
  SubmissionRepository,
  TryOutRepository,
  WorkerRepository,
  openDataSource,
  sweep,
} from '@arena/persistence';
import {
  competitionSettings,
  newSubmission,
  openTestDatabase,
  workerCard,
  type TestDatabase,
} from '@arena/persistence/testing';
import { AgentCache } from '../agents/agent-cache.ts';
import { readConfig } from '../config/config.ts';
import { loadEngine } from '../engine/engine-files.ts';
import { Presence } from '../presence/presence.ts';
import { ShardPlayer, type ShardOutcome } from '../shards/shard-player.ts';
import { FrameSender } from '../watching/frame-sender.ts';
import { WorkerService } from '../worker.service.ts';

const ENGINE = fileURLToPath(new URL('../../../../nle-wasm/out', import.meta.url));

/** What the shards of a test share: made once. */
export interface Machine {
  host: AgentHost;
  engine: Engine;
}

/** `firstUid`: of 16 for its sandboxes; `stageFolder`: where their files lie. */
export async function openMachine(firstUid: number, stageFolder?: string): Promise<Machine> {
  const uids = { first: firstUid, count: 16 };
  const host = createAgentHost({ uids, ...(stageFolder === undefined ? {} : { stageFolder }) });
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

  private constructor(
    machine: Machine,
    database: TestDatabase,
    queue: ShardQueue,
    games: number,
    folder?: string,
  ) {
    this.#machine = machine;
    this.database = database;
    this.queue = queue;
    this.#games = games;
    this.submissions = new SubmissionRepository(database.dataSource, queue);
    this.#folder = folder ?? mkdtempSync(join(tmpdir(), 'arena-workshop-'));
    chmodSync(this.#folder, 0o755);
  }

  /** With one competition, `test`, of so many games. `folder`: for unpacked agents, gone with the workshop. */
  static async open(machine: Machine, games: number, limits: Limits, folder?: string): Promise<Workshop> {
    const database = await openTestDatabase();
    const shop = new Workshop(machine, database, await database.queue(), games, folder);
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
   * again meanwhile. Rejects with what went wrong.
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
        failed ??= error;
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

  /**
   * A whole worker that plays one shard at a time, with connections of its own; stop it. Without `onQueueError` an error of its
   * queue fails the test.
   */
  async service(
    lookAgainMs: number,
    onQueueError = (error: Error): void => {
      throw error;
    },
  ): Promise<WorkerService> {
    const { host, engine } = this.#machine;
    const { url } = this.database;
    const dataSource = await openDataSource({ url, applicationName: 'test worker' });
    const queue = await ShardQueue.open({
      url,
      applicationName: 'test worker queue',
      onError: onQueueError,
    });
    const workerId = randomUUID();
    return new WorkerService({
      config: readConfig({ DATABASE_URL: url, ARENA_WORKER_SHARDS: '1', ARENA_CACHE_DIR: this.#folder }),
      ...{ workerId, engineId: engine.id, engine: engine.modules, host, dataSource, queue, lookAgainMs },
      frames: noFrames(),
      player: this.#playerOf(workerId, queue, undefined, dataSource),
      presence: new Presence(new WorkerRepository(dataSource), dataSource, queue, () =>
        host.sandbox.faults(),
      ),
    });
  }

  async #player(turnMs: number | undefined): Promise<ShardPlayer> {
    const worker = workerCard({ engineId: this.#machine.engine.id });
    await new WorkerRepository(this.database.dataSource).register(worker);
    return this.#playerOf(worker.id, this.queue, turnMs);
  }

  #playerOf(
    workerId: string,
    queue: ShardQueue,
    turnMs?: number,
    dataSource = this.database.dataSource,
  ): ShardPlayer {
    const { host, engine } = this.#machine;
    const box = new ArchiveBox(host.sandbox, host.stage);
    return new ShardPlayer({
      ...{ workerId, host, engine: engine.modules, frames: noFrames() },
      agents: new AgentCache(new ArchiveRepository(dataSource), box, this.#folder, ['node']),
      plays: new PlayRepository(dataSource, queue),
      strikes: new StrikeRepository(dataSource),
      tryOuts: new TryOutRepository(dataSource),
      ...(turnMs === undefined ? {} : { turnMs }),
    });
  }
}

/** Nobody watches. */
const noFrames = (): FrameSender =>
  new FrameSender(
    () => Promise.resolve(),
    () => undefined,
  );
