import { describe, expect, it } from '@jest/globals';
import { isPassive, isThief, mayMelee, type Fighter } from './danger.ts';
import { monsterNamed } from './monsters.ts';

const FIGHTER: Fighter = {
  ...{ hp: 60, level: 5, armourClass: 6 },
  ...{ bareHanded: false, blind: false, desperate: false },
};

describe('who is hit by hand', () => {
  it.each<[name: string, fighter: Partial<Fighter>, hit: boolean]>([
    // Cold that takes up to 36 points, for nothing.
    ['blue jelly', { hp: 200 }, false],
    ['blue jelly', { hp: 80, desperate: true }, false],
    ['blue jelly', { hp: 81, desperate: true }, true],
    ['brown mold', { hp: 200 }, false],
    ['brown mold', { hp: 80, desperate: true }, false],
    ['brown mold', { hp: 81, desperate: true }, true],
    ['floating eye', { hp: 200 }, false],
    ['floating eye', { hp: 5, blind: true }, true],
    ['floating eye', { hp: 5, desperate: true }, true],
    ['gas spore', { hp: 25 }, false],
    ['gas spore', { hp: 26 }, true],
    ['gas spore', { hp: 15, desperate: true }, false],
    ['gas spore', { hp: 16, desperate: true }, true],
    ...['spotted jelly', 'green mold', 'red mold', 'yellow mold'].flatMap(
      (name): [string, Partial<Fighter>, boolean][] => [
        [name, { hp: 60 }, false],
        [name, { hp: 61 }, true],
        [name, { hp: 10, desperate: true }, true],
      ],
    ),
    ...['cockatrice', 'chickatrice'].flatMap((name): [string, Partial<Fighter>, boolean][] => [
      [name, { bareHanded: true }, false],
      [name, { bareHanded: true, desperate: true }, false],
      [name, {}, true],
    ]),
    ...'shopkeeper, guard, watchman, watch captain, Oracle, aligned priest, high priest, prisoner'
      .split(', ')
      .map((name): [string, Partial<Fighter>, boolean] => [name, { hp: 200, desperate: true }, false]),
    ['jackal', { hp: 3, bareHanded: true }, true],
    ['lichen', { hp: 3 }, true],
  ])('%s by %j: %s', (name, fighter, hit) => {
    expect(mayMelee(monsterNamed(name).index, { ...FIGHTER, ...fighter })).toBe(hit);
  });
});

describe('who is met', () => {
  it.each(['wood nymph', 'water nymph', 'mountain nymph', 'leprechaun'])('a %s steals', (name) => {
    expect(isThief(monsterNamed(name).index)).toBe(true);
  });

  it.each([
    ['lichen', true],
    ['blue jelly', true],
    ['floating eye', true],
    ['gas spore', true],
    ['jackal', false],
    ['acid blob', false],
    ['flaming sphere', false],
  ])('a %s waits to be touched: %s', (name, waits) => {
    expect(isPassive(monsterNamed(name).index)).toBe(waits);
    expect(isThief(monsterNamed(name).index)).toBe(false);
  });
});
