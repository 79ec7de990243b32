import { describe, expect, it } from '@jest/globals';
import { scoreScale } from './scale.ts';
import { binsFor, histogram } from './histogram.ts';

describe('histogram', () => {
  const scores = [0, 0, 1, 7, 12, 12, 300, 4_999, 5_000];
  const bins = histogram(scores, scoreScale(scores), 12);

  it('counts every score once', () => {
    expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(scores.length);
  });

  it('covers the scale without gaps, each bin with room for a whole score', () => {
    expect(bins[0]?.from).toBe(0);
    expect(bins.at(-1)?.to).toBe(5_000);
    bins.slice(1).forEach((bin, i) => {
      expect(bin.from).toBe(bins[i]?.to);
    });
    for (const bin of bins) expect(bin.to).toBeGreaterThan(bin.from);
  });

  it('puts a score on an edge into the bin that starts there', () => {
    const edge = bins[3]?.from ?? NaN;
    const scale = scoreScale(scores);
    expect(histogram([edge], scale, 12).findIndex((bin) => bin.count === 1)).toBe(3);
  });

  it('puts scores outside into the end bins', () => {
    const scale = scoreScale([100]);
    const ends = histogram([-5, 1e6], scale, 10);
    expect(ends[0]?.count).toBe(1);
    expect(ends.at(-1)?.count).toBe(1);
  });

  it('takes more bins for more games', () => {
    expect([1, 64, 256, 512, 4096].map(binsFor)).toEqual([10, 10, 16, 23, 32]);
  });
});
