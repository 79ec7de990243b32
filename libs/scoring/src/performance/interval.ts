import { quantile } from '../quantile.ts';

/** A median and the interval that covers the true one. */
export interface MedianInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 %. */
const TAIL = 0.025;

/**
 * The median of values in any order and an interval that covers the distribution's median with at least 95 %, whatever
 * the distribution: between two order statistics, by the binomial law. Below six values no such interval exists; it then
 * reaches from the least to the greatest. Null for no values.
 */
export function medianInterval(values: readonly number[]): MedianInterval | null {
  const sorted = Array.from(Float64Array.from(values).sort());
  const median = quantile(sorted, 0.5);
  if (median === null) return null;
  const rank = lowerRank(sorted.length);
  return {
    median,
    low: sorted[rank] ?? median,
    high: sorted[sorted.length - 1 - rank] ?? median,
  };
}

/** The greatest k for which fewer than k+1 of n fair coins fall heads with at most 2.5 %; 0 where there is none. */
function lowerRank(n: number): number {
  // In logarithms: 0.5^n is no double from n = 1,075 on.
  let logTerm = -n * Math.LN2;
  let sum = Math.exp(logTerm);
  let k = 0;
  while (sum <= TAIL && k < n / 2) {
    k += 1;
    logTerm += Math.log((n - k + 1) / k);
    sum += Math.exp(logTerm);
  }
  return k === 0 ? 0 : k - 1;
}
