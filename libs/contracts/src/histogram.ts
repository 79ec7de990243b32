import type { Scale } from './scale.ts';

export interface Bin {
  /** Scores from `from` (inclusive) to `to` (exclusive, but the last bin's inclusive). */
  from: number;
  to: number;
  count: number;
}

/**
 * Counts scores in bins of equal width on the scale. Bins that no whole score could fall into, as they occur between
 * 0 and 10 of a logarithmic scale, are joined with their right neighbour.
 */
export function histogram(scores: readonly number[], scale: Scale, wanted: number): Bin[] {
  const edges = [0];
  for (let i = 1; i < wanted; i++) {
    const edge = Math.ceil(scale.at(i / wanted));
    if (edge > (edges.at(-1) ?? 0)) edges.push(edge);
  }
  const bins = edges.map((from, i) => ({ from, to: edges[i + 1] ?? scale.max, count: 0 }));
  for (const score of scores) {
    const bin = bins.findLast(({ from }) => from <= score) ?? bins[0];
    if (bin !== undefined) bin.count += 1;
  }
  return bins;
}

/** Bins worth drawing for so many scores: about the square root, 10 to 32. */
export function binsFor(scores: number): number {
  return Math.min(32, Math.max(10, Math.round(Math.sqrt(scores))));
}
