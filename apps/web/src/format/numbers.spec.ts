import { describe, expect, it } from '@jest/globals';
import { formatCompact, percent } from './numbers.ts';

describe('numbers', () => {
  it('shortens for axes', () => {
    expect([0, 100, 1000, 25_000, 1_000_000].map(formatCompact)).toEqual(['0', '100', '1K', '25K', '1M']);
  });

  it('keeps shares within 0 and 100', () => {
    expect(percent(0, 0)).toBe(0);
    expect(percent(16, 64)).toBe(25);
    expect(percent(70, 64)).toBe(100);
  });
});
