/**
 * Quantiles by linear interpolation between the two nearest ranks, as PostgreSQL's `percentile_cont` computes them:
 * position p·(n−1) in the sorted values. The board is kept by SQL, reports by this function; both give the same bits.
 */

/** @param sorted ascending. @param p 0…1. Returns null for no values; throws RangeError for p outside 0…1. */
export function quantile(sorted: readonly number[], p: number): number | null {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile lies between 0 and 1, got ${p}`);
  if (sorted.length === 0) return null;
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.ceil(position)] as number;
  // percentile_cont's own form: low + share·(high − low), not low·(1 − share) + high·share, which rounds differently.
  return low === high ? low : low + (position - below) * (high - low);
}

export interface Summary {
  count: number;
  median: number | null;
  quartile1: number | null;
  quartile3: number | null;
  mean: number | null;
}

/** Median, quartiles and mean of scores in any order; all null for no scores. */
export function summarize(scores: readonly number[]): Summary {
  const sorted = Float64Array.from(scores).sort();
  const values = Array.from(sorted);
  let sum = 0;
  for (const value of values) sum += value;
  return {
    count: values.length,
    median: quantile(values, 0.5),
    quartile1: quantile(values, 0.25),
    quartile3: quantile(values, 0.75),
    mean: values.length === 0 ? null : sum / values.length,
  };
}
