/**
 * The rule of 2021: ascensions, then median score, then mean score, then the earlier submission.
 * A changed rule gets a new version, which is stored beside every row it made.
 */
export const RANKING_RULE = { name: 'ascensions-median-mean-earlier', version: 1 } as const;

export interface Standing {
  submissionId: string;
  /** Milliseconds since 1970. */
  submittedAt: number;
  /** False for a row without any finished game or with a failed evaluation: it stands at the end without a rank. */
  scored: boolean;
  ascensions: number;
  median: number | null;
  mean: number | null;
}

/** Negative when `a` stands before `b`. A total order: equal times fall back on the id, so that no tie is open. */
export function compareStandings(a: Standing, b: Standing): number {
  if (a.scored !== b.scored) return a.scored ? -1 : 1;
  if (a.scored) {
    const byScore =
      b.ascensions - a.ascensions || descending(a.median, b.median) || descending(a.mean, b.mean);
    if (byScore !== 0) return byScore;
  }
  return (
    a.submittedAt - b.submittedAt ||
    (a.submissionId < b.submissionId ? -1 : a.submissionId > b.submissionId ? 1 : 0)
  );
}

function descending(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return b - a;
}

/** The standings in their order with ranks 1, 2, 3 …; rows without a score have rank null and come last. */
export function rank<T extends Standing>(standings: readonly T[]): { rank: number | null; standing: T }[] {
  return [...standings]
    .sort(compareStandings)
    .map((standing, index) => ({ rank: standing.scored ? index + 1 : null, standing }));
}
