import { describe, expect, it } from '@jest/globals';
import { median, quantile } from './figures.ts';
import { isMissed } from './measure.ts';
import { missedLines, tableLine } from './table.ts';

const ratio = { name: 'host / twin', value: 0.79, unit: '', must: { least: 0.8 } };
const start = { name: 'new game', value: 1.234, unit: 'ms', must: { most: 3 } };

describe('a figure', () => {
  it('misses what it must keep, on its own side', () => {
    expect(isMissed(ratio)).toBe(true);
    expect(isMissed({ ...ratio, value: 0.8 })).toBe(false);
    expect(isMissed(start)).toBe(false);
    expect(isMissed({ ...start, value: 3.01 })).toBe(true);
    expect(isMissed({ name: 'keys', value: 1, unit: '' })).toBe(false);
  });

  it('that could not be measured misses', () => {
    expect(isMissed({ ...start, value: Number.NaN })).toBe(true);
  });
});

describe('the table', () => {
  it('says value, unit and bound', () => {
    expect(tableLine(start)).toMatch(/^new game +1\.23 ms +✓ ≤ 3$/);
    expect(tableLine(ratio)).toMatch(/^host \/ twin +0\.79 +✗ ≥ 0\.8$/);
    expect(tableLine({ name: 'speed', value: 123_456.7, unit: 'keys/s' })).toMatch(
      /^speed +123,457 keys\/s$/,
    );
  });

  it('fits a terminal', () => {
    const long = { ...start, name: 'x'.repeat(40), value: 1_234_567, unit: 'keys/s' };
    expect(tableLine(long).length).toBeLessThanOrEqual(80);
  });

  it('tells which bound was missed', () => {
    expect(missedLines([start, ratio])).toEqual(['missed: host / twin is 0.79, must be ≥ 0.8']);
  });
});

describe('figures', () => {
  it('take the middle and the share', () => {
    expect(median([5, 1, 100])).toBe(5);
    expect(quantile([4, 3, 2, 1], 1)).toBe(4);
    expect(median([])).toBeNaN();
  });
});
