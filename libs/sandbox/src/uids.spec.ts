import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Claims } from './claims.ts';
import { UidRange } from './uids.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-uids-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('uids of sandboxes', () => {
  it('are never in use twice, and can be had again', () => {
    const range = new UidRange(new Claims(folder), { first: 5000, count: 2 });
    const first = range.take();
    expect([first.uid, range.take().uid]).toEqual([5000, 5001]);
    expect(() => range.take()).toThrow(/all 2 sandbox uids are in use/);
    first.release();
    expect(range.take().uid).toBe(5000);
  });

  it('are never in use twice by two workers that give out of the same range', () => {
    const [one, other] = [1, 2].map(() => new UidRange(new Claims(folder), { first: 6000, count: 3 }));
    const taken = [one?.take(), other?.take(), one?.take()].map((claim) => claim?.uid);
    expect(new Set(taken).size).toBe(3);
    expect(() => other?.take()).toThrow(/all 3 sandbox uids are in use/);
  });

  it('begin where the range is told to begin, and go round', () => {
    const range = new UidRange(new Claims(folder), { first: 7000, count: 3, begin: 2 });
    expect([range.take().uid, range.take().uid]).toEqual([7002, 7000]);
  });

  it.each([
    [0, 10],
    [65534.5, 10],
    [5000, 0],
  ])('refuse the range %p+%p', (first, count) => {
    expect(() => new UidRange(new Claims(folder), { first, count })).toThrow(/is wrong/);
  });
});
