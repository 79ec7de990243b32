import { describe, expect, it } from '@jest/globals';
import { seen } from '../../support/situation.ts';
import { WIDTH } from '../perception/geometry.ts';
import { World } from '../world.ts';
import { Field, type Walking } from './field.ts';

const at = (x: number, y: number): number => y * WIDTH + x;

function field(map: string[], walking: Walking = {}, legend: Record<string, string> = {}): Field {
  const world = new World(1);
  world.perceive(seen({ map, legend }), '');
  return new Field().fill(world.level, world.status.cell, walking);
}

describe('distances on a level', () => {
  it('go around walls and diagonally across floor', () => {
    const found = field(['-----', '|@..|', '|.-.|', '|...|', '-----']);
    expect(found.distanceTo(at(3, 3))).toBe(3);
    expect(found.isReachable(at(2, 2))).toBe(false);
    expect(found.firstStep(at(3, 1))).toBe(at(2, 1));
  });

  it('do not go diagonally through an open door', () => {
    expect(field(['@.|', '../', '..|']).isReachable(at(2, 1))).toBe(true);
    expect(field(['@.|..', '--/..', '  |..']).isReachable(at(2, 1))).toBe(false);
  });

  it('open doors, step on traps and push boulders only when told to', () => {
    expect(field(['@+.']).isReachable(at(2, 0))).toBe(false);
    expect(field(['@+.'], { doors: true }).distanceTo(at(2, 0))).toBe(2);
    expect(field(['@^.']).isReachable(at(2, 0))).toBe(false);
    expect(field(['@^.'], { traps: true }).distanceTo(at(2, 0))).toBe(2);
    const boulder = { B: 'thing boulder' };
    expect(field(['@B..'], {}, boulder).isReachable(at(2, 0))).toBe(false);
    expect(field(['@B..'], { boulders: true }, boulder).isReachable(at(3, 0))).toBe(true);
    expect(field(['@B|.'], { boulders: true }, boulder).isReachable(at(1, 0))).toBe(false);
  });

  it('finds the nearest cell of a kind first', () => {
    const found = field(['.....@..']);
    expect(found.nearest((cell) => cell === at(0, 0) || cell === at(7, 0))).toBe(at(7, 0));
    expect(found.nearest(() => false)).toBe(-1);
  });
});
