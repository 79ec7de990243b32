/** What came out of a game that was played again, and whether it is what was stored. */
import type { GameView } from '@arena/contracts';

export interface Outcome {
  /** The agent's keys that the game read. */
  steps: number;
  /** Keys of the tape after the game's end; none in a sound tape. */
  keysLeft: number;
  score: number;
  turns: number;
  deepestLevel: number;
  /** How NetHack ended it: the xlogfile's `death`; null if the tape ends with the hero alive. */
  death: string | null;
  /** Digests in the tape, and the first, counted from 0, that came out otherwise. */
  checkpoints: number;
  firstDifferentCheckpoint: number | null;
}

/** The figures after a number of steps, for the curve over the seek bar. */
export interface Sample {
  step: number;
  score: number;
  depth: number;
}

export interface Check {
  name: string;
  stored: string | number | null;
  replayed: string | number | null;
  same: boolean;
}

/** Compares the replayed game with the stored one, figure by figure. */
export function compare(game: GameView, outcome: Outcome): Check[] {
  const check = (name: string, stored: Check['stored'], replayed: Check['replayed']): Check => ({
    name,
    stored,
    replayed,
    same: stored === replayed,
  });
  return [
    check('Score', game.score, outcome.score),
    check('Turns', game.turns, outcome.turns),
    // Keys that the game never read make the tape longer than the game that was stored.
    check('Steps', game.steps, outcome.steps + outcome.keysLeft),
    check('Deepest level', game.deepestLevel, outcome.deepestLevel),
    check('End', game.death, outcome.death),
    check('Checkpoints', outcome.checkpoints, outcome.firstDifferentCheckpoint ?? outcome.checkpoints),
  ];
}
