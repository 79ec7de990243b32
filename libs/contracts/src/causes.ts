import type { GameRow } from './views.ts';
import { END_LABELS, VERDICT_LABELS, isFault } from './labels.ts';

export interface Cause {
  label: string;
  count: number;
  /** The agent's own fault, not NetHack's doing. */
  fault: boolean;
}

/**
 * How finished games ended, most frequent first, ties by name. Deaths are counted without what the hero was doing
 * (`killed by a newt, while praying` and `killed by a newt` are one cause).
 */
export function causesOf(games: Iterable<GameRow>): Cause[] {
  const causes = new Map<string, Cause>();
  for (const game of games) {
    if (game.state !== 'finished') continue;
    const label = causeOf(game);
    const cause = causes.get(label) ?? { label, count: 0, fault: isFault(game) };
    cause.count += 1;
    causes.set(label, cause);
  }
  return [...causes.values()].sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

function causeOf(game: GameRow): string {
  if (game.verdict !== null && game.verdict !== 'ok') return VERDICT_LABELS[game.verdict];
  if (game.ascended) return 'ascended';
  if (game.endReason !== null && game.endReason !== 'game_over') return END_LABELS[game.endReason];
  return game.death?.replace(/, while .*$/, '') ?? 'unknown';
}

/** The first `shown` causes, and the others summed up as one. */
export function topCauses(
  causes: readonly Cause[],
  shown: number,
): { top: Cause[]; others: { kinds: number; count: number } } {
  // One cause alone is not summed up: its own line takes no more room than the sum's.
  const cut = causes.length === shown + 1 ? causes.length : shown;
  const rest = causes.slice(cut);
  return {
    top: causes.slice(0, cut),
    others: { kinds: rest.length, count: rest.reduce((sum, cause) => sum + cause.count, 0) },
  };
}
