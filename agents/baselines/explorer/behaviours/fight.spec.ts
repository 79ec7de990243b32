/** Whom it goes to meet, and when it hits what hurts those who hit it. */
import { describe, expect, it } from '@jest/globals';
import { decision, look, worldOf } from '../../support/decide.ts';
import type { Situation } from '../../support/situation.ts';

const room = (row: string): string[] => ['-------', '|.....|', row, '|.....|', '-------'];

describe('in sight', () => {
  const meets = (name: string): boolean =>
    decision(worldOf({ map: room('|.@..m|'), legend: { m: name } }))?.by === 'approach';

  it.each(['wood nymph', 'water nymph', 'mountain nymph', 'leprechaun'])('a %s is not met', (name) => {
    expect(meets(name)).toBe(false);
  });

  it.each(['floating eye', 'blue jelly', 'lichen', 'minotaur', 'shopkeeper'])('nor is a %s', (name) => {
    expect(meets(name)).toBe(false);
  });

  it.each(['jackal', 'hobbit', 'hill orc', 'monkey'])('a %s is', (name) => {
    expect(meets(name)).toBe(true);
  });
});

describe('a blue jelly beside a hero', () => {
  it.each([30, 80, 200])('of %i hit points is not hit', (hp) => {
    const situation = { map: room('|.@j..|'), legend: { j: 'blue jelly' }, status: { 10: hp, 11: hp } };
    expect(decision(worldOf(situation))?.keys).not.toMatch(/^F|^l$/);
  });
});

describe('a floating eye in the way', () => {
  const narrow = ['-------', '|.@e..|', '-------'];
  const wide = ['-'.repeat(30), ...Array<string>(3).fill(`|${'.'.repeat(28)}|`), '-'.repeat(30)].map(
    (row, y) => (y === 2 ? row.replace('|....', '|.@e.') : row),
  );
  interface Time extends Partial<Situation> {
    /** Since it last stood on a new square. */
    readonly turns: number;
  }

  /** Is it hit by a hero who has nothing to throw and has just prayed? */
  function isHit({ turns, ...about }: Time): boolean {
    const situation = { map: narrow, inventory: [], ...about };
    situation.legend = { e: 'floating eye', ...about.legend };
    const world = worldOf(situation);
    world.diary.lastPrayer = 490;
    decision(world);
    // Hunger does not wait until the prayer may help again.
    look(world, { ...situation, status: { 20: 500 + turns, ...about.status } });
    world.diary.lastPrayer = 490 + turns;
    return decision(world)?.keys === 'Fl';
  }

  const WEAK = { 21: 3 };
  const beyond = (what: string): Partial<Situation> => ({
    ...{ map: ['-------', '|.@e.x|', '-------'], legend: { x: what } },
  });

  it.each<[what: string, about: Time, hit: boolean]>([
    ['by whoever sees it', { turns: 0 }, false],
    ['by the blind', { turns: 0, status: { 25: 32 } }, true],
    ['by one not stuck for long', { turns: 1499 }, false],
    ['by one stuck for long', { turns: 1500 }, true],
    ['by one stuck for long with room to move', { turns: 2999, map: wide }, false],
    ['by one stuck twice as long with room to move', { turns: 3000, map: wide }, true],
    ['by one weak from hunger', { turns: 99, status: WEAK }, false],
    ['by one weak from hunger and stuck', { turns: 100, status: WEAK }, true],
    ['by one fainting and stuck', { turns: 100, status: { 21: 4 } }, true],
    ['by one weak from hunger and stuck with room to move', { turns: 100, map: wide, status: WEAK }, true],
    ['by one hungry and stuck', { turns: 1499, status: { 21: 2 } }, false],
    ['with another foe in sight', { turns: 5000, ...beyond('jackal') }, false],
    ['weak and with another foe in sight', { turns: 500, ...beyond('gnome'), status: WEAK }, false],
    ['with a lichen in sight', { turns: 1500, ...beyond('lichen') }, true],
    ['with somebody peaceful in sight', { turns: 1500, ...beyond('watchman') }, true],
    ['with a pet in sight', { turns: 1500, ...beyond('pet little dog') }, true],
    ['by one hurt', { turns: 5000, status: { 10: 23, 11: 30 } }, false],
    ['by one hardly hurt', { turns: 5000, status: { 10: 24, 11: 30 } }, true],
    ['by one who floats', { turns: 5000, status: { 25: 1024 } }, false],
  ])('is hit %s: %j, %s', (_what, about, hit) => {
    expect(isHit(about)).toBe(hit);
  });
});
