import { describe, expect, it } from '@jest/globals';
import type { Fighter } from './danger.ts';
import { monsterNamed } from './monsters.ts';
import { costOfFight, hitPoints } from './outlook.ts';

const fighter: Fighter = {
  ...{ hp: 40, level: 5, armourClass: 6, blow: 5.5 },
  ...{ bareHanded: false, blind: false, desperate: false },
};
const cost = (...names: string[]): number => costOfFight(names.map(monsterNamed), fighter);

describe('what a fight will cost', () => {
  it('grows with danger and number, and more than in proportion', () => {
    expect(cost('newt')).toBeLessThan(2);
    expect(cost('soldier ant')).toBeGreaterThan(cost('jackal') * 5);
    expect(cost('jackal', 'jackal', 'jackal')).toBeGreaterThan(3 * cost('jackal'));
    expect(cost('soldier ant', 'soldier ant')).toBeGreaterThan(fighter.hp);
  });

  it('is nothing for what waits to be touched', () => {
    expect(cost('floating eye', 'brown mold')).toBe(0);
  });

  it('is less in better armour and with a better weapon', () => {
    const foe = [monsterNamed('hill orc')];
    expect(costOfFight(foe, { ...fighter, armourClass: 0 })).toBeLessThan(cost('hill orc'));
    expect(costOfFight(foe, { ...fighter, blow: 11 })).toBeLessThan(cost('hill orc'));
  });

  it('counts the hit points of a monster by its level', () => {
    expect([hitPoints(monsterNamed('newt')), hitPoints(monsterNamed('dwarf'))]).toEqual([2.5, 9]);
  });
});
