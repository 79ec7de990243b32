import { expect, it } from '@jest/globals';
import { CpuShares } from './cpu-shares.ts';

it('shares what was used between beginnings and ends equally by those in play, over processes', () => {
  const shares = new CpuShares();
  shares.begin('a', 100); // before: the start, nobody's
  shares.begin('b', 130); // a: 30
  expect(shares.end('a', 150)).toBe(40); // 20 for two
  shares.begin('c', 150);
  shares.processEnded(170); // b and c: 10 each
  expect(shares.end('b', null)).toBe(20);
  expect(shares.end('c', null)).toBe(10);
  shares.begin('d', 50);
  expect(shares.end('d', 58)).toBe(8);
  expect(shares.end('never begun', 60)).toBeNull();
});
