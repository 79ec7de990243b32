import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quantile, summarize } from './quantile.ts';

const scores = fc.array(fc.integer({ min: -10, max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 60 });

describe('quantile', () => {
  it.each([
    [[7], 0.5, 7],
    [[1, 2], 0.5, 1.5],
    [[1, 2, 3, 4], 0.25, 1.75],
    [[1, 2, 3, 4], 0.75, 3.25],
    [[10, 20, 30], 0.5, 20],
    [[10, 20, 30], 0, 10],
    [[10, 20, 30], 1, 30],
  ])('of %j at %d is %d', (values, p, expected) => {
    expect(quantile(values, p)).toBe(expected);
  });

  it('has none for no values and refuses a share outside 0…1', () => {
    expect(quantile([], 0.5)).toBeNull();
    expect(() => quantile([1], 1.1)).toThrow(RangeError);
    expect(() => quantile([1], Number.NaN)).toThrow(RangeError);
  });
});

describe('summarize', () => {
  it('does not depend on the order', () => {
    fc.assert(
      fc.property(scores, (values) => {
        expect(summarize([...values].reverse())).toEqual(summarize(values));
      }),
    );
  });

  it('keeps minimum ≤ quartile ≤ median ≤ quartile ≤ maximum', () => {
    fc.assert(
      fc.property(scores, (values) => {
        const { quartile1, median, quartile3 } = summarize(values);
        const line = [Math.min(...values), quartile1, median, quartile3, Math.max(...values)].map(Number);
        expect([...line].sort((a, b) => a - b)).toEqual(line);
      }),
    );
  });

  it('has as many values below the median as above it', () => {
    fc.assert(
      fc.property(scores, (values) => {
        const { median } = summarize(values);
        const below = values.filter((value) => value < (median as number)).length;
        const above = values.filter((value) => value > (median as number)).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  it('says null, not zero, for no games', () => {
    expect(summarize([])).toEqual({ count: 0, median: null, quartile1: null, quartile3: null, mean: null });
  });
});
