import type { Game } from '../game.ts';
import { digestOf } from './digest.ts';

/** The digest of what a game shows now; once it is over, the name of its end. */
export function seenOf(game: Game): string {
  return game.ended ? (game.end?.howName ?? '') : digestOf(game.observation);
}

/** What is seen before the first key and after each, up to the game's end. */
export function play(game: Game, given: readonly number[]): string[] {
  const seen = [seenOf(game)];
  for (const key of given) {
    if (game.ended) break;
    game.step(key);
    seen.push(seenOf(game));
  }
  return seen;
}
