import { describe, expect, it } from '@jest/globals';
import { estimateLeft, formatAgo, formatDuration } from './time.ts';

const start = '2026-11-22T12:00:00.000Z';
const at = (milliseconds: number): number => Date.parse(start) + milliseconds;

describe('time', () => {
  it.each([
    [-5_000, 'just now'],
    [59_000, 'just now'],
    [61_000, '1 minute ago'],
    [3 * 3_600_000, '3 hours ago'],
    [86_400_000, 'yesterday'],
    [9 * 86_400_000, '9 days ago'],
  ])('tells %i ms later as %s', (later, text) => {
    expect(formatAgo(start, at(later))).toBe(text);
  });

  it.each([
    [null, '–'],
    [850.4, '850 ms'],
    [12_340, '12.3 s'],
    [59_999, '1 min 0 s'],
    [245_000, '4 min 5 s'],
    [7_800_000, '2 h 10 min'],
  ])('writes %s as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it('estimates from the pace, and not from too few games', () => {
    expect(estimateLeft(start, 16, 64, at(60_000))).toBe(180_000);
    expect(estimateLeft(start, 3, 64, at(60_000))).toBeNull();
    expect(estimateLeft(start, 64, 64, at(60_000))).toBeNull();
    expect(estimateLeft(null, 16, 64, at(60_000))).toBeNull();
  });
});
