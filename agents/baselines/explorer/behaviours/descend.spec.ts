/** Who goes down, and by which stairs. */
import { describe, expect, it } from '@jest/globals';
import { decision, look, worldOf } from '../../support/decide.ts';
import type { Situation } from '../../support/situation.ts';
import { mayDescend } from './descend.ts';

const MAP = ['-------', '|.....|', '|.@...|', '|.....|', '-------'];

describe('strong enough for the next level', () => {
  it.each([
    // Experience level, armour class, depth.
    [1, 6, 1, false],
    [4, 6, 1, false],
    [4, 3, 1, false],
    [4, 2, 1, true],
    [5, 6, 2, true],
    [5, 7, 2, false],
    [5, 7, 1, true],
    [5, 6, 3, false],
    [5, 3, 3, false],
    [5, 2, 3, true],
    [5, 2, 4, false],
    [6, 7, 4, false],
    [6, 6, 4, true],
    [10, 2, 10, true],
    [10, 6, 10, false],
    [30, 6, 9, true],
  ])('at experience level %i with armour class %i on level %i: %s', (experience, armour, depth, may) => {
    const status = { 12: depth, 16: armour, 18: experience, 24: depth };
    expect(mayDescend(worldOf({ map: MAP, status }))).toBe(may);
  });

  it.each([
    ['hurt', { 10: 20, 11: 30, 18: 6 }, false],
    ['hardly hurt', { 10: 21, 11: 30, 18: 6 }, true],
    ['starving, however weak', { 10: 1, 18: 1, 21: 3 }, true],
  ])('%s: %s', (_what, status, may) => {
    expect(mayDescend(worldOf({ map: MAP, status }))).toBe(may);
  });

  it.each([
    [2999, false],
    [3000, true],
  ])('after %i turns on one level: %s', (turns, may) => {
    expect(mayDescend(worldOf({ map: MAP }, { map: MAP, status: { 20: 500 + turns } }))).toBe(may);
  });
});

describe('stairs down', () => {
  const at = (dungeon: number, dungeonLevel: number): Readonly<Record<number, number>> => ({
    ...{ 12: dungeonLevel, 18: 8, 23: dungeon, 24: dungeonLevel },
  });
  const beside = MAP.map((row, y) => (y === 1 ? '|.>...|' : row));
  const onStairs: Situation = { map: MAP.map((row, y) => (y === 1 ? '|.@...|' : row.replace('@', '.'))) };

  it.each([
    ['the Mines', 2, false],
    ['the Dungeons of Doom', 0, true],
  ])('that once led to %s are taken again: %s', (_where, dungeon, taken) => {
    const world = worldOf({ map: beside, status: at(0, 2) }, { ...onStairs, status: at(0, 2) });
    expect(decision(world)).toMatchObject({ by: 'descend', keys: '>' });
    look(world, { map: MAP, status: at(dungeon, 3) });
    look(world, { ...onStairs, status: at(0, 2) });
    expect(decision(world)?.by === 'descend').toBe(taken);
    look(world, { map: beside, status: at(0, 2) });
    expect(decision(world)?.by === 'to stairs').toBe(taken);
  });

  it('that lead to the Mines are left for others', () => {
    const withOther = ({ map }: Situation): Situation => ({
      ...{ map: map.map((row, y) => (y === 3 ? '|....>|' : row)), status: at(0, 2) },
    });
    const world = worldOf(withOther({ map: beside }), withOther(onStairs));
    expect(decision(world)).toMatchObject({ by: 'descend' });
    look(world, { map: MAP, status: at(2, 3) });
    look(world, withOther(onStairs));
    expect(decision(world)).toMatchObject({ by: 'to stairs', keys: expect.stringMatching(/^[ln]$/) });
  });
});
