import type { MedianInterval } from './interval.ts';

/**
 * How two medians stand to each other: `below` and `above` where their intervals do not touch, which equal medians do in
 * fewer than one of 20 pairs of samples (one of the intervals must miss; for large samples one in some 180); `open` where
 * more games are needed.
 */
export function compareMedians(a: MedianInterval, b: MedianInterval): 'below' | 'above' | 'open' {
  if (a.high < b.low) return 'below';
  return a.low > b.high ? 'above' : 'open';
}
