import { setImmediate as round } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { AT_ONCE, Turnstile } from './turnstile.ts';

const none = (): undefined => undefined;

it('begins a request of another sender before the rest of a flood', async () => {
  const turnstile = new Turnstile();
  const begun: string[] = [];
  const enter = (sender: string) =>
    turnstile.enter(sender, false, () => {
      begun.push(sender);
    });
  for (let each = 0; each < 1000; each++) enter('flood');
  enter('honest');
  while (!begun.includes('honest')) await round();
  expect(begun.indexOf('honest')).toBeLessThanOrEqual(1);
  while (turnstile.size > 0) await round();
  expect(begun).toHaveLength(1001);
});

it('works on six reads of one sender at a time, on the next when one ends, and on what does not read at once', async () => {
  const turnstile = new Turnstile();
  const leaving: (() => void)[] = [];
  for (let each = 0; each < 20; each++) turnstile.enter('a', true, (leave) => leaving.push(leave));
  let others = 0;
  turnstile.enter('a', false, () => others++);
  turnstile.enter('b', true, (leave) => {
    others++;
    leave();
  });
  while (others < 2 || leaving.length < AT_ONCE) await round();
  for (let each = 0; each < 10; each++) await round();
  expect(leaving).toHaveLength(AT_ONCE);
  // Given back once, however often it is said.
  leaving[0]?.();
  leaving[0]?.();
  while (leaving.length < AT_ONCE + 1) await round();
  for (let each = 0; each < 10; each++) await round();
  expect(leaving).toHaveLength(AT_ONCE + 1);
  for (let each = 1; each < leaving.length || leaving.length < 20; each++) {
    while (each >= leaving.length) await round();
    leaving[each]?.();
  }
  expect(turnstile.size).toBe(0);
});

it('refuses what comes when 8,192 of one sender wait, and nothing of others', () => {
  const turnstile = new Turnstile();
  for (let each = 0; each < 8192; each++) expect(turnstile.enter('a', true, none)).toBe(true);
  expect([turnstile.enter('a', true, none), turnstile.enter('b', true, none)]).toEqual([false, true]);
});

it('works on six reads of one /48 at a time, however many /64 they come from', async () => {
  const turnstile = new Turnstile();
  let begun = 0;
  for (let each = 0; each < 50; each++)
    turnstile.enter(`2001:db8:0:${each.toString(16)}::/64`, true, () => begun++);
  for (let each = 0; each < 20; each++) await round();
  expect(begun).toBe(AT_ONCE);
  turnstile.enter('2001:db8:1:0::/64', true, () => begun++);
  while (begun < AT_ONCE + 1) await round();
});
