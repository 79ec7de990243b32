import { BEHAVIOURS } from '../explorer/behaviours/ranking.ts';
import type { Command } from '../explorer/command.ts';
import { Navigator } from '../explorer/navigation/navigator.ts';
import { CLASS } from '../explorer/perception/inventory.ts';
import { World } from '../explorer/world.ts';
import { seen, type Situation } from './situation.ts';

/** What a hero of tests has in hand, where nothing else is said. */
export const SWORD = ['a', CLASS.weapon, 'a +1 long sword (weapon in hand)'] as const;

/** Takes in a situation; its `message` counts as said since the command before. */
export function look(world: World, situation: Situation): World {
  world.perceive(seen({ inventory: [SWORD], ...situation }), situation.message ?? '');
  return world;
}

/** A world that has seen these situations one after another. */
export const worldOf = (...situations: readonly Situation[]): World => situations.reduce(look, new World(7));

/** What the first behaviour with an idea says. */
export function decision(world: World): Command | undefined {
  const navigator = new Navigator();
  navigator.begin(world);
  for (const behaviour of BEHAVIOURS) {
    const command = behaviour(world, navigator);
    if (command) return command;
  }
  return undefined;
}
