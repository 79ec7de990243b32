import type { Observation } from '@arena/nle-wasm';
import { BLSTATS, INTERNAL, inPlay } from './status.ts';

/** The fields that {@link ScoreKeeper} reads. */
export const SCORE_FIELDS = ['blstats', 'internal', 'program_state'] as const;
export type ScoreFigures = Pick<Observation, (typeof SCORE_FIELDS)[number]>;

/**
 * The challenge's score: the sum of the rewards, which are the changes of the status line's score while the game is in
 * play. When it is not (its last screens), the figures stay as they were.
 */
export class ScoreKeeper {
  /** Sum of the rewards so far. */
  score = 0;
  /** At the last observation in play. */
  turns = 0;
  depth = 0;
  deepestLevel = 0;
  experienceLevel = 0;
  #seen: number | null = null;

  /** Takes the observation before the first key and the one after each; returns that key's reward. */
  take(observation: ScoreFigures): number {
    if (!inPlay(observation)) return 0;
    const { blstats, internal } = observation;
    const score = blstats[BLSTATS.score] ?? 0;
    const reward = score - (this.#seen ?? score);
    this.#seen = score;
    this.score += reward;
    this.turns = blstats[BLSTATS.turns] ?? 0;
    this.depth = blstats[BLSTATS.depth] ?? 0;
    this.experienceLevel = blstats[BLSTATS.experienceLevel] ?? 0;
    this.deepestLevel = internal[INTERNAL.deepestLevel] ?? 0;
    return reward;
  }

  /** A second keeper at the same point, for a game that is branched or sought in. */
  clone(): ScoreKeeper {
    const copy = new ScoreKeeper();
    copy.score = this.score;
    copy.turns = this.turns;
    copy.depth = this.depth;
    copy.deepestLevel = this.deepestLevel;
    copy.experienceLevel = this.experienceLevel;
    copy.#seen = this.#seen;
    return copy;
  }
}
