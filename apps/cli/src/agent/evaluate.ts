import { readFileSync } from 'node:fs';
import type { GameRow, Limits } from '@arena/contracts';
import {
  AgentHost,
  PlatformError,
  Shard,
  tryOut,
  type GameResult,
  type GameSpecification,
  type Refusal,
  type ShardEvents,
  type ShardReport,
} from '@arena/evaluation';
import { parseRuntimeRoots, type Manifest, type NamedRoot } from '@arena/protocol';
import { CommandError } from '../usage.ts';

/** Users for our sandboxes where root runs this: others than a worker's, and others than those of a second command. */
const FIRST_UID = 2_600_000;
const UIDS = 4;
/** For commands that play many shards at once: 64, and as many that are just ending. */
const FIRST_UID_OF_MANY = 3_100_000;
const MANY_UIDS = 128;

/**
 * The server's own way of running agents, `shards` at once, with the runtimes that ARENA_RUNTIME_ROOTS names as for a worker. Throws
 * SandboxError that says what is missing, and CommandError for that file. Dispose of its stage.
 */
export function openHost(shards = 1): AgentHost {
  const few = { first: FIRST_UID + (process.pid % 10_000) * UIDS, count: UIDS };
  const many = { first: FIRST_UID_OF_MANY + (process.pid % 1000) * MANY_UIDS, count: MANY_UIDS };
  const roots = readRoots(process.env['ARENA_RUNTIME_ROOTS']);
  return new AgentHost({ roots, uids: shards === 1 ? few : many });
}

function readRoots(path: string | undefined): Record<string, NamedRoot> {
  if (path === undefined || path === '') return {};
  try {
    return parseRuntimeRoots(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CommandError(`ARENA_RUNTIME_ROOTS: ${path}: ${(error as Error).message}`, { cause: error });
  }
}

export interface Evaluation {
  readonly host: AgentHost;
  /** Unpacked by a sandbox. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly games: readonly GameSpecification[];
  readonly limits: Limits;
  readonly events?: ShardEvents;
  /** Told once there is something to stop or to watch. */
  readonly onShard?: (shard: Shard) => void;
  /** The platform failed, and what is left is played again. */
  readonly again?: (error: PlatformError) => void;
}

export interface Evaluated {
  /** In the order of the games; those that were stopped are missing. */
  readonly results: readonly GameResult[];
  readonly report: ShardReport;
}

/** What the platform fails at is tried so often. */
const ATTEMPTS = 3;

/** Rejects as `run` did in its last attempt, or in its first where that was no fault of the platform's. */
async function persistently<T>(run: () => Promise<T>, again?: (error: PlatformError) => void): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof PlatformError) || attempt === ATTEMPTS) throw error;
      again?.(error);
    }
  }
}

/**
 * Plays the games with the server's evaluation code, those that the platform failed at again, as a server would. Rejects as
 * Shard.run does, with PlatformError after the third failure.
 */
export async function evaluate(evaluation: Evaluation): Promise<Evaluated> {
  const { games, again } = evaluation;
  const results: GameResult[] = [];
  const report = await persistently(() => playLeft(evaluation, results), again);
  const order = new Map(games.map(({ id }, i) => [id, i]));
  results.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  return { results, report };
}

/** One attempt at the games that have no result yet, which are put to the others. */
async function playLeft(evaluation: Evaluation, results: GameResult[]): Promise<ShardReport> {
  const { host, folder, manifest, games, limits, events } = evaluation;
  const broken: string[] = [];
  const shard = new Shard({
    ...{ host, agentFolder: folder, isPlaced: true, manifest, limits },
    games: games.filter(({ id }) => results.every((result) => result.id !== id)),
    events: {
      ...events,
      finished: (result) => {
        if (result.verdict === 'sandbox_error') {
          broken.push(result.verdictReason ?? 'the platform failed in a game');
          return;
        }
        events?.finished?.(result);
        results.push(result);
      },
    },
  });
  evaluation.onShard?.(shard);
  const report = await stoppable(shard, () => shard.run());
  const [reason] = broken;
  if (reason !== undefined) throw new PlatformError(reason);
  return report;
}

/** Why the server would refuse the agent before its first game, in the server's words; null if it would not. Rejects as {@link evaluate}. */
export async function refusalOf({
  host,
  folder,
  manifest,
  games,
  limits,
}: Pick<Evaluation, 'host' | 'folder' | 'manifest' | 'games' | 'limits'>): Promise<Refusal | null> {
  let begun = null as Shard | null;
  const attempt = (): Promise<Refusal | null> =>
    tryOut({
      ...{ host, agentFolder: folder, isPlaced: true, manifest, games, limits },
      onShard: (shard) => {
        begun = shard;
      },
    });
  return stoppable({ abort: () => begun?.abort() }, () => persistently(attempt));
}

/** Ends by a signal as at a good end: sandboxes, and files made for them, go. */
async function stoppable<T>(shard: Pick<Shard, 'abort'>, run: () => Promise<T>): Promise<T> {
  const stop = (): void => {
    shard.abort();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return run().finally(() => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  });
}

/** The row that the server would give of a game. */
export function gameRow(index: number, result: GameResult): GameRow {
  const { id, verdict, verdictReason, endReason, score, turns, steps, deepestLevel } = result;
  const { experienceLevel, character, death, ascended, startedAt, finishedAt } = result;
  return {
    ...{ id, index, state: 'finished', verdict, verdictReason, endReason, score, turns, steps, deepestLevel },
    ...{ experienceLevel, character, death, ascended },
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
  };
}
