import { describe, expect, it } from '@jest/globals';
import { roundUp, scoreScale } from './scale.ts';

describe('scoreScale', () => {
  it('starts at 0, ends at its maximum, and keeps outliers inside', () => {
    const scale = scoreScale([12, 3_400]);
    expect(scale.max).toBe(5_000);
    expect(scale.place(0)).toBe(0);
    expect(scale.place(5_000)).toBe(1);
    expect(scale.place(1e9)).toBe(1);
    expect(scale.place(-20)).toBe(0);
  });

  it('comes back from place to score', () => {
    const scale = scoreScale([12_000]);
    for (const score of [0, 1, 37, 800, 19_999]) expect(scale.at(scale.place(score))).toBeCloseTo(score, 6);
  });

  it('rises', () => {
    const scale = scoreScale([500]);
    const places = [0, 1, 5, 20, 100, 499].map((score) => scale.place(score));
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(new Set(places).size).toBe(places.length);
  });

  it('has marks within its range, even without scores', () => {
    expect(scoreScale([]).ticks).toEqual([0, 10, 100]);
    expect(scoreScale([7_000]).ticks).toEqual([0, 10, 100, 1000, 10_000]);
  });
});

describe('roundUp', () => {
  it.each([
    [0, 1],
    [1, 1],
    [11, 20],
    [20, 20],
    [21, 50],
    [51, 100],
    [999_999, 1_000_000],
  ])('takes %i to %i', (value, rounded) => {
    expect(roundUp(value)).toBe(rounded);
  });
});
