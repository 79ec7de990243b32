import { causeOfDeath } from './cause.ts';
import { medianInterval, type MedianInterval } from './interval.ts';
import { summarize, type Summary } from '../quantile.ts';

/** What a report needs to know of one game. */
export interface GameFigures {
  readonly score: number;
  readonly deepestLevel: number;
  readonly experienceLevel: number;
  readonly turns: number;
  readonly steps: number;
  readonly ascended: boolean;
  /** e.g. `Val-Hum-Fem-Law`; null if the game never began. */
  readonly character: string | null;
  /** The xlogfile's `death`; null if the game was cut off. */
  readonly death: string | null;
  /** `game_over`, or why it was cut off. */
  readonly endReason: string;
}

export interface RolePerformance extends MedianInterval {
  /** NetHack's three letters, e.g. `Val`. */
  readonly role: string;
  readonly games: number;
  readonly meanDepth: number;
}

export interface Cause {
  readonly cause: string;
  readonly games: number;
  /** Of the games it ended. */
  readonly medianScore: number;
  readonly meanDepth: number;
}

/** How an agent did in a set of games. */
export interface Performance {
  readonly score: Summary;
  /** Null for no games. */
  readonly interval: MedianInterval | null;
  readonly meanDepth: number;
  readonly meanExperienceLevel: number;
  readonly meanTurns: number;
  readonly ascensions: number;
  /** Games cut off because no game time passed, as a share 0…1. */
  readonly noProgress: number;
  /** Games at each deepest level, from level 1 at index 0. */
  readonly depths: readonly number[];
  /** The weakest role first. */
  readonly roles: readonly RolePerformance[];
  /** The commonest first; games that were cut off count under why. */
  readonly causes: readonly Cause[];
}

/** Sums up games in any order: the same games give the same figures. */
export function performanceOf(games: readonly GameFigures[]): Performance {
  const scores = games.map(({ score }) => score);
  const depths: number[] = [];
  for (const { deepestLevel } of games) {
    const index = Math.max(0, deepestLevel - 1);
    while (depths.length <= index) depths.push(0);
    depths[index] = (depths[index] ?? 0) + 1;
  }
  return {
    score: summarize(scores),
    interval: medianInterval(scores),
    meanDepth: mean(games.map(({ deepestLevel }) => deepestLevel)),
    meanExperienceLevel: mean(games.map(({ experienceLevel }) => experienceLevel)),
    meanTurns: mean(games.map(({ turns }) => turns)),
    ascensions: games.filter(({ ascended }) => ascended).length,
    noProgress: mean(games.map(({ endReason }) => (endReason === 'no_progress' ? 1 : 0))),
    depths,
    roles: rolesOf(games),
    causes: causesOf(games),
  };
}

function rolesOf(games: readonly GameFigures[]): RolePerformance[] {
  const roles: RolePerformance[] = [];
  for (const [role, own] of grouped(games, ({ character }) => character?.slice(0, 3) ?? '?')) {
    const interval = medianInterval(own.map(({ score }) => score));
    if (interval === null) continue;
    const meanDepth = mean(own.map(({ deepestLevel }) => deepestLevel));
    roles.push({ role, games: own.length, ...interval, meanDepth });
  }
  return roles.sort((a, b) => a.median - b.median || a.role.localeCompare(b.role, 'en'));
}

function causesOf(games: readonly GameFigures[]): Cause[] {
  const causes: Cause[] = [];
  for (const [cause, own] of grouped(games, ({ death, endReason }) =>
    death === null ? endReason : causeOfDeath(death),
  )) {
    causes.push({
      cause,
      games: own.length,
      medianScore: summarize(own.map(({ score }) => score)).median ?? 0,
      meanDepth: mean(own.map(({ deepestLevel }) => deepestLevel)),
    });
  }
  return causes.sort((a, b) => b.games - a.games || a.cause.localeCompare(b.cause, 'en'));
}

function grouped(
  games: readonly GameFigures[],
  keyOf: (game: GameFigures) => string,
): Map<string, GameFigures[]> {
  const groups = new Map<string, GameFigures[]>();
  for (const game of games) {
    const key = keyOf(game);
    const group = groups.get(key);
    if (group) group.push(game);
    else groups.set(key, [game]);
  }
  return groups;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
