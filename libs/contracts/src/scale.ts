/**
 * The one scale for scores: logarithmic, since boards span random agents (about 10) and the best of 2021 (about 5,500),
 * and through log(1 + x), since 0 is a common score.
 */
export interface Scale {
  /** Largest score that has a place; larger ones stick to the end. */
  readonly max: number;
  /** 0 … 1 for a score; below 0 sticks to 0. */
  place(score: number): number;
  /** The score at a place 0 … 1. */
  at(place: number): number;
  /** Scores worth a mark on the axis, in order. */
  readonly ticks: readonly number[];
}

const TICKS = [0, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000];

/** A scale that holds all `scores`, up to the next 1, 2 or 5 times a power of ten, and 100 at least. */
export function scoreScale(scores: readonly number[]): Scale {
  const largest = scores.reduce((a, b) => Math.max(a, b), 0);
  const max = Math.max(100, roundUp(largest));
  const width = Math.log1p(max);
  return {
    max,
    place: (score) => Math.min(1, Math.log1p(Math.max(0, score)) / width),
    at: (place) => Math.expm1(Math.min(1, Math.max(0, place)) * width),
    ticks: TICKS.filter((tick) => tick <= max),
  };
}

/** The next 1, 2 or 5 times a power of ten that is not below `value`; 1 for values under 1. */
export function roundUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  for (const factor of [1, 2, 5, 10]) {
    if (value <= factor * power) return factor * power;
  }
  return 10 * power;
}
