/** Who is written for, who is left alone: what a wrong word or a wrong rank would change in every game. */
import { describe, expect, it } from '@jest/globals';
import { BEHAVIOURS } from '../explorer/behaviours/ranking.ts';
import type { Command } from '../explorer/command.ts';
import { Navigator } from '../explorer/navigation/navigator.ts';
import { CLASS } from '../explorer/perception/inventory.ts';
import { World } from '../explorer/world.ts';
import { seen, type Situation } from '../support/situation.ts';

const SWORD = ['a', CLASS.weapon, 'a +1 long sword (weapon in hand)'] as const;
const beside = (letter: string): string[] => ['-------', '|.....|', `|.@${letter}..|`, '|.....|', '-------'];
const LOSING = { status: { 10: 8, 11: 30 } };

/** What is decided, seen twice: `between` happens after the first look. */
function decide(situation: Situation, between: (world: World) => void = () => undefined): Command | null {
  const world = new World(7);
  const sight = seen({ inventory: [SWORD], ...situation });
  world.perceive(sight, '');
  between(world);
  world.perceive(sight, '');
  return decision(world);
}

function decision(world: World): Command | null {
  const navigator = new Navigator();
  navigator.begin(world);
  for (const behaviour of BEHAVIOURS) {
    const command = behaviour(world, navigator);
    if (command) return command;
  }
  return null;
}

describe('losing a fight', () => {
  it('writes the very word that beasts respect', () => {
    const command = decide({ map: beside('r'), legend: { r: 'soldier ant' }, ...LOSING });
    expect(command).toMatchObject({ by: 'escape', keys: 'E' });
    expect(command?.answers).toContainEqual({ when: expect.any(RegExp), keys: 'Elbereth\r' });
    const questions = command?.answers?.map(({ when }) => when) ?? [];
    expect(questions.some((when) => when.test('What do you want to write in the dust here?'))).toBe(true);
  });

  it.each(['soldier', 'minotaur'])('does not write it for a %s, who does not respect it', (name) => {
    const command = decide({ map: beside('h'), legend: { h: name }, ...LOSING });
    expect(command?.by).not.toBe('escape');
    expect(command?.keys).not.toBe('E');
  });
});

describe('a monster that was found to be peaceful', () => {
  const ORC = { map: beside('o'), legend: { o: 'hill orc' } };

  it('is not fought; the same monster unknown is', () => {
    expect(decide(ORC)).toMatchObject({ by: 'fight' });
    const known = decide(ORC, (world) => {
      const [orc] = world.foes;
      if (orc === undefined) throw new Error('there is no orc');
      world.friends.add(world.monsterAt(orc.cell), orc.cell, world.status.turn);
    });
    expect(known?.by).not.toBe('fight');
    expect(known?.keys).not.toMatch(/^F/);
  });
});

describe('in a shop', () => {
  const room = (row: string): string[] => ['-------', '|.....|', row, '|.....|', "--'----", '  #    '];

  /** The room was seen before its owner was: what is not known yet is no shop. */
  function afterSeeing(owner: string): Command | null {
    const world = new World(7);
    world.perceive(seen({ map: room('|....@|'), inventory: [SWORD] }), '');
    world.perceive(seen({ map: room('|.@..s|'), legend: { s: owner }, inventory: [SWORD] }), '');
    return decision(world);
  }

  it('walks out by the door; in any other room it stays', () => {
    expect(afterSeeing('shopkeeper')).toMatchObject({
      by: 'leave shop',
      keys: expect.stringMatching(/^m?j$/),
    });
    expect(afterSeeing('watchman')?.by).not.toBe('leave shop');
  });
});
