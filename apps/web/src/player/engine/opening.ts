import { inPlay, type Game } from '@arena/engine';

const SPACE = 32;

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
