import type { Observation } from '@arena/engine';

/** Places in blstats that a replay reads. */
const SCORE = 9;
const DEPTH = 12;
const TURNS = 20;

/**
 * Reads the figures of a game as it goes on: the score is what the environment's rewards add up to, the changes of the
 * status line's score while the game is in play. blstats are all zero when it is not (and turns count from 1), so that
 * the last observation of a game does not take its score away.
 */
export class Scorekeeper {
  score = 0;
  turns = 0;
  depth = 0;
  deepest = 0;
  #before: number | null = null;

  /** Takes the observation after each key, and the one before the first. */
  take({ blstats }: Pick<Observation, 'blstats'>): void {
    const turns = blstats[TURNS] ?? 0;
    if (turns === 0) return;
    const score = blstats[SCORE] ?? 0;
    this.score += score - (this.#before ?? score);
    this.#before = score;
    this.turns = turns;
    this.depth = blstats[DEPTH] ?? 0;
    this.deepest = Math.max(this.deepest, this.depth);
  }
}
