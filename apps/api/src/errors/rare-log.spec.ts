import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RareLog } from './rare-log.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a rare log', () => {
  it('says the first at once, and then one line a second with the number it left out', () => {
    const lines: string[] = [];
    const log = new RareLog((line) => lines.push(line));
    for (let each = 1; each <= 500; each++) log.say(`trouble ${each}`);
    expect(lines).toEqual(['trouble 1']);
    jest.advanceTimersByTime(1000);
    expect(lines).toEqual(['trouble 1', 'trouble 500 (499 such in the last 1 s)']);
    log.say('trouble 501');
    expect(lines).toHaveLength(2);
    jest.advanceTimersByTime(1000);
    expect(lines.slice(2)).toEqual(['trouble 501 (1 such in the last 1 s)']);
    jest.advanceTimersByTime(5000);
    log.say('later');
    expect(lines.slice(3)).toEqual(['later']);
  });
});
