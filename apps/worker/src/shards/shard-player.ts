/** Plays one leased shard to its end: only the games that nobody has reported yet, each reported as soon as it is over. */
import { PlatformError, Shard, ShardAborted, type AgentHost, type GameResult } from '@arena/evaluation';
import type { EngineSource } from '@arena/engine';
import type { LeasedShard, PlayRepository } from '@arena/persistence';
import type { AgentCache } from '../agents/agent-cache.ts';
import type { FrameSender } from '../watching/frame-sender.ts';
import { toReport } from './report.ts';

export interface PlayerParts {
  workerId: string;
  host: AgentHost;
  engine: EngineSource;
  agents: AgentCache;
  plays: PlayRepository;
  frames: FrameSender;
}

export class ShardPlayer {
  readonly #parts: PlayerParts;
  readonly #running = new Set<Shard>();
  #stopping = false;

  constructor(parts: PlayerParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when all games of the shard are reported, or when it was handed back since the worker stops. Rejects if the
   * platform failed or the lease was lost: the queue then has the shard played again, by whomever.
   */
  async play(leased: LeasedShard): Promise<'done' | 'nothing left to play' | 'handed back'> {
    const { plays } = this.#parts;
    const plan = await plays.plan(leased.job);
    // An evaluation that was closed or is gone has nothing left to play.
    if (!plan || plan.state === 'failed' || plan.state === 'finished' || plan.games.length === 0)
      return 'nothing left to play';
    const ids = plan.games.map(({ id }) => id);
    try {
      await this.#evaluate(leased, plan);
      return 'done';
    } catch (error) {
      await plays.release(this.#parts.workerId, ids);
      if (!(error instanceof ShardAborted && this.#stopping)) throw error;
      await plays.handBack(leased);
      return 'handed back';
    }
  }

  /** Stops all shards; {@link play} hands them back. */
  stop(): void {
    this.#stopping = true;
    for (const shard of this.#running) shard.abort();
  }

  async #evaluate(
    leased: LeasedShard,
    plan: NonNullable<Awaited<ReturnType<PlayRepository['plan']>>>,
  ): Promise<void> {
    const { host, engine, agents, plays, frames, workerId } = this.#parts;
    const { folder, manifest } = await agents.open(plan.archiveSha256);
    const writes = new Writes(() => {
      shard.abort();
    });
    let broken: GameResult | null = null;
    const shard = new Shard({
      host,
      engine,
      agentFolder: folder,
      manifest,
      games: plan.games,
      limits: plan.limits,
      events: {
        started: ({ id, character }) => {
          frames.add(id, shard);
          writes.add(() => plays.begin(id, workerId, character));
        },
        finished: (result) => {
          frames.remove(result.id);
          const report = toReport(result, workerId);
          if (report) writes.add(() => plays.report(report));
          else broken = result;
        },
        frame: (id, frame) => {
          frames.send(id, frame);
        },
      },
    });
    const lost = (): void => {
      shard.abort();
    };
    leased.lost.addEventListener('abort', lost);
    this.#running.add(shard);
    try {
      if (leased.lost.aborted || this.#stopping) throw new ShardAborted();
      await shard.run();
    } finally {
      this.#running.delete(shard);
      leased.lost.removeEventListener('abort', lost);
      for (const { id } of plan.games) frames.remove(id);
      // What was played is kept, however the shard ended.
      await writes.settled();
    }
    const failed = broken as GameResult | null;
    if (failed) throw new PlatformError(failed.verdictReason ?? 'the sandbox failed');
  }
}

/** Database writes in the order of their events; the first failure is kept and stops the shard. */
class Writes {
  readonly #onFailure: () => void;
  #last: Promise<unknown> = Promise.resolve();
  #failed = false;
  #error: unknown;

  constructor(onFailure: () => void) {
    this.#onFailure = onFailure;
  }

  add(write: () => Promise<unknown>): void {
    this.#last = this.#last.then(async () => {
      if (this.#failed) return;
      try {
        await write();
      } catch (error) {
        this.#failed = true;
        this.#error = error;
        this.#onFailure();
      }
    });
  }

  /** Waits for all writes. Rejects with the first failure. */
  async settled(): Promise<void> {
    await this.#last;
    if (this.#failed)
      throw new PlatformError('a game could not be written to the database', { cause: this.#error });
  }
}
