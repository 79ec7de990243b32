/** Starts a submission once, before any game counts: one that cannot play at all is refused, not scored. */
import { Shard } from './shard.ts';
import type { AgentFailure, GameSpecification, ShardSpecification } from './specification.ts';

/** Why a submission was refused before its first game. */
export interface Refusal {
  /** One sentence or two for the participant: what happened and what to do. */
  reason: string;
  /** The last 16 KiB that it printed on standard error. */
  log: string;
}

export interface TryOutSpecification extends Omit<ShardSpecification, 'events' | 'mostSteps'> {
  /** Told once there is something to stop. */
  onShard?: (shard: Shard) => void;
}

/**
 * Runs the agent in its sandbox under the limits given, from its start over the hello and new games to its first answer.
 * Resolves to why it is refused, or null. Refused is what ends before it is ready, twice, as at the start of a shard: an entry
 * that throws or hangs, a model that does not load or whose inputs and outputs are not those of the manifest's map (the
 * runner runs it on zeros before it says that it is ready). What goes wrong later has its verdict in games.
 * Rejects as {@link Shard.run} does: PlatformError and SandboxError are the platform's fault, to be tried again.
 */
export async function tryOut({ onShard, games, ...rest }: TryOutSpecification): Promise<Refusal | null> {
  const seen: { failure: AgentFailure | null; answer: boolean } = { failure: null, answer: false };
  const shard = new Shard({
    ...rest,
    games: games.slice(0, rest.manifest.gamesAtOnce).map(strange),
    mostSteps: 1,
    events: {
      failed: (failure) => {
        seen.failure = failure;
      },
      finished: ({ steps }) => {
        seen.answer ||= steps > 0;
      },
    },
  });
  onShard?.(shard);
  await shard.run();
  const { failure, answer } = seen;
  if (failure === null || failure.ready || answer) return null;
  return { reason: refused(failure.reason), log: failure.log };
}

/** A first game under the same rules whose seeds are nobody's: the evaluation's own are not spent on it. */
function strange(game: GameSpecification, index: number): GameSpecification {
  const seed = BigInt(index + 1);
  return { ...game, id: `try-out ${index}`, seeds: { ...game.seeds, core: seed, disp: seed } };
}

const refused = (reason: string): string =>
  `Refused before its first game, so that none was played: ${reason.replace(/[.]$/, '')}. Correct the agent and submit a new version.`;
