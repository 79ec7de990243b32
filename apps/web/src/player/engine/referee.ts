import type { Game, Observation } from '@arena/engine';

const SPACE = 32;
/** Places in the observation that a replay reads. */
const BLSTATS = { score: 9, depth: 12, turns: 20 } as const;
const STATE = { gameOver: 0, inMoveLoop: 3 } as const;

/** The fields that {@link Referee} reads. */
export const REFEREE_FIELDS = ['blstats', 'internal', 'program_state'] as const;
type Figures = Pick<Observation, (typeof REFEREE_FIELDS)[number]>;

/** True once the move loop is reached and while the game goes on. */
export function inPlay({ program_state }: Figures): boolean {
  return program_state[STATE.inMoveLoop] !== 0 && program_state[STATE.gameOver] === 0;
}

/**
 * Reads a game's figures as it is played: the score is what the environment's rewards add up to, the changes of the
 * status line's score while the game is in play. When it is not (its last screens), the figures stay.
 */
export class Referee {
  score = 0;
  turns = 0;
  depth = 0;
  deepest = 0;
  #seen: number | null = null;

  /** Takes the observation before the first key and after each. */
  take(observation: Figures): void {
    if (!inPlay(observation)) return;
    const { blstats, internal } = observation;
    const score = blstats[BLSTATS.score] ?? 0;
    this.score += score - (this.#seen ?? score);
    this.#seen = score;
    this.turns = blstats[BLSTATS.turns] ?? 0;
    this.depth = blstats[BLSTATS.depth] ?? 0;
    this.deepest = internal[0] ?? 0;
  }
}

/**
 * Gives the tape's first keys, the spaces that bring a new game into play; returns how many they were. They are no
 * steps of the agent.
 */
export function openGame(game: Game, keys: Uint8Array): number {
  let given = 0;
  while (!inPlay(game.observation) && !game.ended && keys[given] === SPACE) {
    game.step(SPACE);
    given += 1;
  }
  return given;
}
