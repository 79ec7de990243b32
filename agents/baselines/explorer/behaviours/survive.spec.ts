/** What is tried, and what not, by a hero who is about to die. */
import { describe, expect, it } from '@jest/globals';
import { decision, SWORD, worldOf } from '../../support/decide.ts';
import type { Situation } from '../../support/situation.ts';
import type { Command } from '../command.ts';
import { CLASS } from '../perception/inventory.ts';

type Carried = NonNullable<Situation['inventory']>[number];

const room = (row: string): string[] => ['-------', '|.....|', row, '|.....|', '-------'];
const letters = (objectClass: number, names: readonly string[]): Carried[] =>
  names.map((name, i) => [String.fromCharCode(98 + i), objectClass, name]);

describe('a prayer', () => {
  const LOW = { 10: 4, 11: 30 };
  it.each<[what: string, status: Record<number, number>, since: number, prays: boolean]>([
    ['close to death', LOW, 551, true],
    ['close to death', LOW, 550, false],
    ['close to death', LOW, 151, false],
    ['ill', { 25: 16 }, 551, true],
    ['ill', { 25: 16 }, 550, false],
    ['turning to stone', { 25: 1 }, 551, true],
    ['turning to slime', { 25: 2 }, 551, true],
    ['poisoned by food', { 25: 8 }, 551, true],
    ['fainting', { 21: 4 }, 551, true],
    ['fainting', { 21: 4 }, 550, false],
    ['weak', { 21: 3 }, 951, true],
    ['weak', { 21: 3 }, 950, false],
    ['well', {}, 5000, false],
    ['at a seventh of its hit points', { 10: 10, 11: 70 }, 551, true],
    ['above a seventh of its hit points', { 10: 11, 11: 70 }, 551, false],
  ])('of one who is %s (%j), %i turns after the last: %s', (_what, status, since, prays) => {
    const world = worldOf({ map: room('|.@...|'), status: { ...status, 20: 6000 } });
    world.diary.lastPrayer = 6000 - since;
    expect(decision(world)?.by === 'pray').toBe(prays);
  });

  it.each([
    [110, false],
    [111, true],
  ])('is first said at turn %i: %s', (turn, prays) => {
    const world = worldOf({ map: room('|.@...|'), status: { ...LOW, 20: turn } });
    expect(decision(world)?.by === 'pray').toBe(prays);
  });
});

describe('dying', () => {
  /** By a hero who has just prayed, of these potions (letters from `b`). */
  function drinks(...potions: readonly string[]): string | undefined {
    const inventory = [SWORD, ...letters(CLASS.potion, potions)];
    const status = { 10: 3, 11: 40 };
    const world = worldOf({ map: room('|.@J..|'), legend: { J: 'jackal' }, status, inventory });
    world.diary.lastPrayer = 490;
    const command = decision(world);
    return command?.by === 'heal' ? command.then : undefined;
  }

  it.each([
    'a potion of water',
    '2 potions of water',
    'a potion of acid',
    'a potion of sickness',
    'a potion of sleeping',
    'a potion of blindness',
  ])('it does not drink %s, but what may help', (potion) => {
    expect(drinks(potion)).toBeUndefined();
    expect(drinks(potion, 'a bubbly potion')).toBe('c');
  });

  it('it drinks what is known to heal before what is not known', () => {
    expect(drinks('a bubbly potion', 'a potion of extra healing')).toBe('c');
    expect(drinks('a bubbly potion')).toBe('b');
  });
});

describe('a wand', () => {
  const fights = (hp: number, wands: readonly string[]): Command | undefined => {
    const inventory = [SWORD, ...letters(CLASS.wand, wands)];
    const status = { 10: hp, 11: 80 };
    return decision(worldOf({ map: room('|.@a..|'), legend: { a: 'soldier ant' }, status, inventory }));
  };

  it.each([
    [20, ['a wand of teleportation (0:5)'], 'bl'],
    [60, ['a wand of teleportation (0:5)'], 'bl'],
    [20, ['a wand of teleportation (0:5)', 'a wand of sleep (0:5)'], 'cl'],
    [20, ['a wand of striking (0:5)', 'a wand of teleportation (0:5)'], 'cl'],
    [60, ['a wand of teleportation (0:5)', 'a wand of cold (0:5)'], 'cl'],
    // Its ray comes back: 36 points at most.
    [37, ['a wand of cold (0:5)'], 'bl'],
    [36, ['a wand of cold (0:5)'], undefined],
    [20, ['a wand of slow monster (0:5)'], 'bl'],
    [20, ['a wand of digging (0:5)'], undefined],
    [20, ['a wand of speed monster (0:5)'], undefined],
    [20, ['a wand of teleportation (0:5) (unpaid, 200 zorkmids)'], undefined],
  ])('with %i hit points, of %j: zaps %j', (hp, wands, then) => {
    const command = fights(hp, wands);
    expect(command?.by === 'zap' ? command.then : undefined).toBe(then);
  });

  it('of teleportation is kept from what is losing', () => {
    const inventory = [SWORD, ...letters(CLASS.wand, ['a wand of teleportation (0:5)'])];
    const jackal = { map: room('|.@J..|'), legend: { J: 'jackal' }, inventory };
    expect(decision(worldOf(jackal))?.by).toBe('fight');
  });
});

describe('losing to one who does not respect Elbereth', () => {
  const losing: Situation = {
    ...{ map: room('|.@h..|'), legend: { h: 'soldier' }, status: { 10: 8, 11: 30 } },
  };
  const wand = (text: string): Situation => ({
    ...{ ...losing, inventory: [SWORD, ...letters(CLASS.wand, [text])] },
  });

  it('leaves by a hole', () => {
    const known = wand('a wand of digging (0:5)');
    expect(decision(worldOf(known))).toMatchObject({ by: 'dig out', keys: 'z', then: 'b>' });
    const others = [
      'a wand of digging (0:5) (unpaid, 150 zorkmids)',
      'an oak wand',
      'a wand of opening (0:5)',
    ];
    for (const text of others) expect(decision(worldOf(wand(text)))?.by).not.toBe('dig out');
    const beast = { ...known, legend: { h: 'soldier ant' } };
    expect(decision(worldOf(beast))?.by).toBe('escape');
  });

  it.each(['>', '<', '#'])('digs none on %s', (square) => {
    const known = wand('a wand of digging (0:5)');
    const before = { ...known, map: room(`|@${square}h..|`) };
    const world = worldOf({ ...before, status: {} }, known);
    expect(decision(world)?.by).not.toBe('dig out');
  });

  const stairs = { map: ['---------', '|<......|', '|.....@h|', '---------'] };
  it.each<[what: string, about: Partial<Situation>, name: string, goes: boolean]>([
    ['four squares away', { map: ['---------', '|<......|', '|....@h.|', '---------'] }, 'soldier', true],
    ['five squares away', stairs, 'soldier', false],
    ['near', { map: room('|.@h.<|') }, 'soldier', true],
    ['near, from one who is as fast', { map: room('|<.@h.|') }, 'human', true],
    ['near, from a faster one', { map: room('|<.@h.|') }, 'minotaur', false],
    ['on the first level', { map: room('|<.@h.|'), status: { ...losing.status, 12: 1 } }, 'soldier', false],
    ['that lead down', { map: room('|>.@h.|') }, 'soldier', false],
  ])('goes to the stairs up that are %s (%j, %s): %s', (_what, about, name, goes) => {
    const status = { ...losing.status, 12: 2, ...about.status };
    const command = decision(worldOf({ ...losing, ...about, status, legend: { h: name } }));
    expect(command?.by === 'to stairs up').toBe(goes);
  });

  it('leaves by stairs it has come to', () => {
    const before = { ...losing, map: room('|@<h..|'), status: { 12: 2 } };
    const world = worldOf(before, { ...losing, status: { ...losing.status, 12: 2 } });
    expect(decision(world)).toMatchObject({ by: 'flee', keys: '<' });
  });
});
