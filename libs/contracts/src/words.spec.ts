import { describe, expect, it } from '@jest/globals';
import { formatFigure, formatWhole, plural } from './words.ts';

describe('figures', () => {
  it('group thousands and show a dash for none', () => {
    expect(formatWhole(1234567)).toBe('1,234,567');
    expect(formatWhole(null)).toBe('–');
    expect(formatFigure(null)).toBe('–');
  });

  it('keep the half of a median between two small scores and drop it in the thousands', () => {
    expect([12.5, 12, 0, -3.25, 999.4].map(formatFigure)).toEqual(['12.5', '12', '0', '-3.3', '999.4']);
    expect([999.96, 1000.5, 5536.5].map(formatFigure)).toEqual(['1,000', '1,001', '5,537']);
  });

  it('know one from many', () => {
    expect(plural(1, 'game')).toBe('1 game');
    expect(plural(0, 'game')).toBe('0 games');
    expect(plural(2, 'death by', 'deaths by')).toBe('2 deaths by');
  });
});
