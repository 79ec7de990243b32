/** The games of a submission as a page keeps them: pure functions over lists. */
import { type GameRow, isFault } from '@arena/contracts';

/** By index in the evaluation. */
export type Games = ReadonlyMap<number, GameRow>;

/**
 * Takes games from an answer or an event. A finished game stays as it is: answers and events can overtake each other,
 * and only games that are not finished ever change.
 */
export function mergeGames(games: Games, rows: readonly GameRow[]): Games {
  const merged = new Map(games);
  for (const row of rows) {
    const old = merged.get(row.index);
    if (old?.id !== row.id || old.state !== 'finished') merged.set(row.index, row);
  }
  return merged;
}

export const SORT_KEYS = ['index', 'score', 'turns', 'steps', 'deepestLevel', 'experienceLevel'] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export interface Sorting {
  key: SortKey;
  descending: boolean;
}

/** A click on a column: turns the order around, or starts with the most interesting end of another column. */
export function nextSorting(current: Sorting, key: SortKey): Sorting {
  return current.key === key
    ? { key, descending: !current.descending }
    : { key, descending: key !== 'index' };
}

export type GameFilter = 'all' | 'playing' | 'faults';

/** The games that have begun and pass the filter, in order; games without the figure stand at the end either way. */
export function listGames(games: Games, filter: GameFilter, sorting: Sorting): GameRow[] {
  const chosen = [...games.values()].filter((game) => {
    if (game.state === 'pending') return false;
    if (filter === 'playing') return game.state === 'running';
    return filter === 'all' || isFault(game);
  });
  const sign = sorting.descending ? -1 : 1;
  return chosen.sort((a, b) => {
    const x = a[sorting.key];
    const y = b[sorting.key];
    if (x !== y) {
      if (x === null) return 1;
      if (y === null) return -1;
      return sign * (x - y);
    }
    return a.index - b.index;
  });
}

/** Scores of all finished games. */
export function scoresOf(games: Games): number[] {
  return [...games.values()].flatMap((game) =>
    game.state === 'finished' && game.score !== null ? [game.score] : [],
  );
}
