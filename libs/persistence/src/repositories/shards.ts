import type { Limits } from '@arena/contracts';
import type { ShardJob } from '../queue/jobs.ts';

/** The engine makes 20 steps in this time and more, the writing of observations included. */
const MS_A_STEP = 1;
/** Unpacking the agent, waiting for the database. */
const SLACK_MS = 600_000;

/**
 * The longest that a shard can take while its limits hold, in seconds: each game may use its time bank, be played to its
 * last step, and need a process of its own that takes its time to start and one more that fails. The try-out before the first
 * shard takes as long as that, without the game.
 */
export function longestSeconds(games: number, limits: Limits): number {
  const { timeBankMs, maxSteps, startTimeoutMs, stepTimeoutMs, wallMs = Infinity } = limits;
  const played = Math.min(timeBankMs + maxSteps * MS_A_STEP, wallMs);
  const game = played + stepTimeoutMs + 2 * startTimeoutMs;
  const tryOut = stepTimeoutMs + 2 * startTimeoutMs;
  return Math.ceil((tryOut + games * game + SLACK_MS) / 1000);
}

/** What decides an evaluation's shards. */
export interface Sharding {
  evaluationId: string;
  runtime: string;
  /** Games a shard. */
  size: number;
  games: number;
  limits: Limits;
}

/** Cuts an evaluation's games into shards; the last may be smaller. */
export function shardsOf({ evaluationId, runtime, size, games, limits }: Sharding): ShardJob[] {
  const shards: ShardJob[] = [];
  for (let from = 0; from < games; from += size) {
    const to = Math.min(from + size, games);
    shards.push({ evaluationId, from, to, runtime, seconds: longestSeconds(to - from, limits) });
  }
  return shards;
}
