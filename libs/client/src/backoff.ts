/** The first wait, and the longest. */
const FIRST_MS = 500;
const MOST_MS = 30_000;

/**
 * How long to wait before the next try, after `failures` that went before: twice as long each time, never shorter than the server
 * asks for, and up to half as long again by chance, so that all who were refused together do not come back together.
 */
export function backoffMs(failures: number, askedMs = 0, random: () => number = Math.random): number {
  const own = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return Math.max(own, Math.min(askedMs, MOST_MS)) * (1 + random() / 2);
}
