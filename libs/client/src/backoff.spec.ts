import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './backoff.ts';

describe('the wait before another try', () => {
  it('doubles up to 30 s, and is up to half as long again by chance', () => {
    const waits = [0, 1, 2, 5, 6, 50].map((failures) => backoffMs(failures, 0, () => 0));
    expect(waits).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000]);
    expect(backoffMs(50, 0, () => 0.999)).toBeLessThan(45_000);
    expect(backoffMs(50, 0, () => 0.999)).toBeGreaterThan(44_000);
  });

  it('is never shorter than the server asks for, which cannot ask for more than 30 s', () => {
    expect(backoffMs(0, 7000, () => 0)).toBe(7000);
    expect(backoffMs(0, 1e9, () => 0)).toBe(30_000);
  });
});
