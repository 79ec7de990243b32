/** How old a corpse may be, and how full the hero. */
import { describe, expect, it } from '@jest/globals';
import { decision, look, worldOf } from '../../support/decide.ts';
import type { World } from '../world.ts';

const MAP = ['-------', '|.....|', '|.@d..|', '|.....|', '-------'];

/** The world of a hero who killed one beside it at turn 500 and looks at what is left at `turn`. */
function killed(name: string, turn = 500, hunger = 1): World {
  const fallen = { map: MAP, legend: { d: `corpse ${name}` }, status: { 20: 500, 21: hunger } };
  const world = worldOf(
    { map: MAP, legend: { d: name }, status: { 20: 500, 21: hunger } },
    { ...fallen, message: `You kill the ${name}!` },
  );
  return look(world, { ...fallen, status: { ...fallen.status, 20: turn } });
}

describe('of what it killed', () => {
  it.each([
    ['jackal', 0, true],
    ['jackal', 25, true],
    ['jackal', 26, false],
    ['newt', 26, false],
    ['lichen', 26, true],
    ['lichen', 300, true],
  ])('a %s is eaten after %i turns: %s', (name, turns, eaten) => {
    expect(decision(killed(name, 500 + turns))?.by === 'to corpse').toBe(eaten);
  });

  it.each([
    ['empty', 1, 0, true],
    ['with room for more', 1, 900, true],
    ['full', 1, 901, false],
    ['hungry', 2, 0, true],
    ['satiated, whatever it estimates', 0, 0, false],
  ])('nothing is eaten by a stomach that is full; one that is %s', (_what, hunger, nutrition, eaten) => {
    const world = killed('jackal', 500, hunger);
    world.diary.nutrition = nutrition;
    expect(decision(world)?.by === 'to corpse').toBe(eaten);
  });

  it('is eaten no more once the meals have filled it', () => {
    const world = killed('jackal');
    expect(decision(world)?.by).toBe('to corpse');
    world.diary.ate('food ration');
    expect(decision(world)?.by).not.toBe('to corpse');
  });

  it('is eaten nothing with a foe near', () => {
    const world = killed('jackal');
    const map = MAP.map((row, y) => (y === 1 ? '|....n|' : row));
    look(world, { map, legend: { d: 'corpse jackal', n: 'newt' } });
    expect(decision(world)?.by).not.toBe('to corpse');
  });
});
