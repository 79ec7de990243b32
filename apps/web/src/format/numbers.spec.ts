import { describe, expect, it } from '@jest/globals';
import { formatCompact, formatFigure, formatWhole, percent, plural } from './numbers.ts';

describe('numbers', () => {
  it('groups thousands and shows a dash for no figure', () => {
    expect(formatWhole(1234567)).toBe('1,234,567');
    expect(formatWhole(null)).toBe('–');
    expect(formatFigure(null)).toBe('–');
  });

  it('keeps the half of a median between two small scores and drops it in the thousands', () => {
    expect(formatFigure(12.5)).toBe('12.5');
    expect(formatFigure(12)).toBe('12');
    expect(formatFigure(5536.5)).toBe('5,537');
  });

  it('shortens for axes', () => {
    expect([0, 100, 1000, 25_000, 1_000_000].map(formatCompact)).toEqual(['0', '100', '1K', '25K', '1M']);
  });

  it('knows one from many', () => {
    expect(plural(1, 'game')).toBe('1 game');
    expect(plural(0, 'game')).toBe('0 games');
    expect(plural(2, 'death by', 'deaths by')).toBe('2 deaths by');
  });

  it('keeps shares within 0 and 100', () => {
    expect(percent(0, 0)).toBe(0);
    expect(percent(16, 64)).toBe(25);
    expect(percent(70, 64)).toBe(100);
  });
});
