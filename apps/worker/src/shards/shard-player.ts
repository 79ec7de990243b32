/** Plays one leased shard to its end: only the games that nobody has reported yet, each reported as soon as it is over. */
import {
  PlatformError,
  Shard,
  ShardAborted,
  tryOut,
  type AgentHost,
  type GameResult,
} from '@arena/evaluation';
import type { EngineModules } from '@arena/engine';
import {
  Repeated,
  type LeasedShard,
  type PlayRepository,
  type ShardPlan,
  type Strike,
  type StrikeRepository,
  type TryOutRepository,
} from '@arena/persistence';
import { Logger } from '@nestjs/common';
import type { AgentCache, UnpackedAgent } from '../agents/agent-cache.ts';
import { askDatabase } from '../service/outside-faults.ts';
import type { FrameSender } from '../watching/frame-sender.ts';
import { isJudged, toReport } from './report.ts';
import { strikeOfFailure, strikeOfGame } from './strikes.ts';
import { Writes } from './writes.ts';

/**
 * How long a shard plays before it makes room for others that wait: long beside the start of an agent (0.1 s, with a large
 * model some seconds), short beside the hours that 16 games of a slow agent may take.
 */
const TURN_MS = 60_000;

export interface PlayerParts {
  workerId: string;
  host: AgentHost;
  engine: EngineModules;
  agents: AgentCache;
  plays: PlayRepository;
  strikes: StrikeRepository;
  tryOuts: TryOutRepository;
  frames: FrameSender;
  /** Default: a minute. */
  turnMs?: number;
}

export type ShardOutcome =
  | 'done'
  | 'nothing left to play'
  | 'handed back'
  /** The agent cannot start: its evaluation has ended as failed, without a game. */
  | 'refused'
  /** Others wait: the games that had not begun are on the queue again. */
  | 'made room'
  /** Nothing of the evaluation is left to begin: the agent was given up, or others play the rest. */
  | 'given up';

export class ShardPlayer {
  readonly #parts: PlayerParts;
  readonly #logger = new Logger('shards');
  readonly #running = new Set<Shard>();
  #stopping = false;

  constructor(parts: PlayerParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when all games of the shard are reported, or when the rest was handed back since the worker stops or others
   * wait. Rejects if the platform failed or the lease was lost: the queue then has the shard played again, by whomever.
   */
  async play(leased: LeasedShard): Promise<ShardOutcome> {
    const { plays } = this.#parts;
    const plan = await askDatabase(plays.plan(leased.job));
    // An evaluation that was closed or is gone has nothing left to play.
    if (!plan || plan.state === 'failed' || plan.state === 'finished' || plan.games.length === 0)
      return 'nothing left to play';
    const ids = plan.games.map(({ id }) => id);
    try {
      const outcome = await this.#evaluate(leased, plan);
      if (outcome === 'made room') await askDatabase(plays.handBack(leased));
      return outcome;
    } catch (error) {
      await this.#release(ids);
      if (!(error instanceof ShardAborted && this.#stopping)) throw error;
      await askDatabase(plays.handBack(leased));
      return 'handed back';
    }
  }

  /** Where that fails, as with a database that is gone, the games look as if they were played until the next try begins them. */
  async #release(ids: readonly string[]): Promise<void> {
    await this.#parts.plays.release(this.#parts.workerId, ids).catch((error: unknown) => {
      this.#logger.warn(`games could not be given back, and are when they are begun again: ${String(error)}`);
    });
  }

  /** Stops all shards; {@link play} hands them back. */
  stop(): void {
    this.#stopping = true;
    for (const shard of this.#running) shard.abort();
  }

  async #evaluate(leased: LeasedShard, plan: ShardPlan): Promise<Exclude<ShardOutcome, 'handed back'>> {
    const agent = await this.#parts.agents.open(plan.archiveSha256);
    const verdict = plan.triedOut ? 'open' : await this.#tryOut(leased, plan, agent);
    return verdict === 'open' ? this.#playGames(leased, plan, agent) : verdict;
  }

  /**
   * Before the evaluation's first game. Each shard that comes before there is a verdict tries by itself (0.1 s for an agent
   * of a few files): waiting for another worker, which may die, would take longer.
   */
  async #tryOut(
    leased: LeasedShard,
    plan: ShardPlan,
    { folder, manifest }: UnpackedAgent,
  ): Promise<'open' | 'refused' | 'nothing left to play'> {
    const { host, engine, tryOuts } = this.#parts;
    const { evaluationId } = leased.job;
    let shard: Shard | undefined;
    const lost = (): void => shard?.abort();
    leased.lost.addEventListener('abort', lost);
    try {
      const refusal = await tryOut({
        ...{
          host,
          engine,
          agentFolder: folder,
          isPlaced: true,
          manifest,
          games: plan.games,
          limits: plan.limits,
        },
        onShard: (made) => {
          shard = made;
          this.#running.add(made);
          if (leased.lost.aborted || this.#stopping) made.abort();
        },
      });
      if (refusal === null)
        return (await askDatabase(tryOuts.passed(evaluationId))) ? 'open' : 'nothing left to play';
      return (await askDatabase(tryOuts.refused(evaluationId, refusal))) ? 'refused' : 'open';
    } finally {
      if (shard) this.#running.delete(shard);
      leased.lost.removeEventListener('abort', lost);
    }
  }

  async #playGames(
    leased: LeasedShard,
    plan: ShardPlan,
    { folder, manifest }: UnpackedAgent,
  ): Promise<'done' | 'made room' | 'given up'> {
    const { host, engine, plays, strikes, frames, workerId, turnMs = TURN_MS } = this.#parts;
    const { evaluationId } = leased.job;
    const writes = new Writes(() => {
      shard.abort();
    });
    let broken: GameResult | null = null;
    const progress = { told: 0, hopeless: false };
    const giveUp = (): void => {
      progress.hopeless = true;
      shard.drain();
    };
    const strike = async (found: Strike): Promise<void> => {
      if (await strikes.add(evaluationId, workerId, found)) giveUp();
    };
    const shard = new Shard({
      host,
      engine,
      agentFolder: folder,
      isPlaced: true,
      manifest,
      games: plan.games,
      limits: plan.limits,
      events: {
        started: ({ id, character }) => {
          frames.add(id, shard);
          // One that is finished already was ended while this shard played: so were all that wait.
          writes.add(async () => {
            if (!(await plays.begin(id, workerId, character))) giveUp();
          });
        },
        finished: (result) => {
          frames.remove(result.id);
          progress.told += 1;
          if (isJudged(result)) writes.add(async () => plays.report(await toReport(result, workerId)));
          else broken = result;
          const late = strikeOfGame(result);
          if (late) writes.add(() => strike(late));
        },
        failed: async (failure) => {
          const found = strikeOfFailure(failure);
          if (!found) return;
          writes.add(() => strike(found));
          await writes.idle();
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
    const turn = new Repeated(
      'looking whether others wait',
      turnMs,
      async () => {
        if (await plays.othersWait(leased.job)) shard.drain();
      },
      this.#logger,
    );
    this.#running.add(shard);
    try {
      if (leased.lost.aborted || this.#stopping) throw new ShardAborted();
      await shard.run();
    } finally {
      await turn.stop();
      this.#running.delete(shard);
      leased.lost.removeEventListener('abort', lost);
      for (const { id } of plan.games) frames.remove(id);
      // What was played is kept, however the shard ended.
      await writes.settled();
    }
    const failed = broken as GameResult | null;
    if (failed) throw new PlatformError(failed.verdictReason ?? 'the sandbox failed');
    if (progress.told === plan.games.length) return 'done';
    return progress.hopeless ? 'given up' : 'made room';
  }
}
