import { describe, expect, it } from '@jest/globals';
import { UidRange } from './uids.ts';

describe('uids of sandboxes', () => {
  it('are never in use twice, and can be had again', () => {
    const range = new UidRange(5000, 2);
    const first = range.take();
    expect([first, range.take()]).toEqual([5000, 5001]);
    expect(() => range.take()).toThrow(/all 2 sandbox uids are in use/);
    range.giveBack(first);
    expect(range.take()).toBe(5000);
  });

  it.each([
    [0, 10],
    [65534.5, 10],
    [5000, 0],
  ])('refuse the range %p+%p', (first, count) => {
    expect(() => new UidRange(first, count)).toThrow(/is wrong/);
  });
});
