import type { ApiError } from './client.ts';

/** No answer, too many requests, and what servers and proxies say while one of them is away. */
const PASSING = new Set([0, 429, 502, 503, 504]);
const FIRST_MS = 2_000;
const LONGEST_MS = 30_000;
/** A server that asks for more patience than this is asked again all the same: nobody leaves a page open for an hour. */
const MOST_ASKED_MS = 120_000;

/** Whether the same question may be answered in a while, so that the page asks again by itself. */
export function isPassing({ status, code }: ApiError): boolean {
  return PASSING.has(status) && !(status === 0 && code === 'unreadable');
}

/**
 * How long to wait before the next try, or null for errors that stay. Never sooner than the server asks, longer with each failure in
 * a row, and not for all pages at the same moment: `chance` is from 0 to 1.
 */
export function retryDelay(error: ApiError, failures: number, chance: number): number | null {
  if (!isPassing(error)) return null;
  const own = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(10, failures - 1));
  const asked = Math.min(MOST_ASKED_MS, error.retryAfterMs ?? 0);
  return Math.round(Math.max(own, asked) * (1 + chance / 4));
}
