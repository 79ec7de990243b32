import type { Command } from '../command.ts';
import { damageRate, isPassive, isThief, mayMelee } from '../knowledge/danger.ts';
import type { Navigator } from '../navigation/navigator.ts';
import type { Foe } from '../perception/foes.ts';
import { directionTo, keyOf, neighbour } from '../perception/geometry.ts';
import type { World } from '../world.ts';

/** Swallowed: hits whatever is around until it lets go. */
export function fightInside(world: World): Command | null {
  if (!world.swallowed) return null;
  const direction = 2 * world.random.below(4);
  return neighbour(world.status.cell, direction) < 0
    ? null
    : { by: 'fight inside', keys: `F${keyOf(direction)}` };
}

/** Hits a foe beside the player: the one that is most dangerous for the hit points it has. */
export function fight(world: World): Command | null {
  let best: Foe | undefined;
  let bestWorth = -Infinity;
  for (const foe of world.foes) {
    if (foe.distance !== 1 || foe.peaceful || !isTarget(foe, world)) continue;
    const worth = foe.facts ? damageRate(foe.facts, world.fighter) / (1 + foe.facts.level) : -1;
    if (worth > bestWorth) [best, bestWorth] = [foe, worth];
  }
  return best ? attack(best, world) : null;
}

function isTarget(foe: Foe, world: World): boolean {
  if (!foe.facts) return !foe.remembered || world.diary.mayTry(`unseen ${foe.cell}`, world.status.turn);
  return mayMelee(foe.facts.index, world.fighter);
}

function attack(foe: Foe, world: World): Command {
  const direction = directionTo(world.status.cell, foe.cell);
  // A remembered but unseen monster (`I`) stays on the map when it is gone: two blows, then it is left for a while.
  if (foe.remembered && world.random.below(3) === 0)
    world.diary.pause(`unseen ${foe.cell}`, world.status.turn, 30);
  return { by: 'fight', keys: `F${keyOf(direction)}`, step: { from: world.status.cell, direction } };
}

/** Goes to meet a foe in sight, if strong enough to win. Those that cannot come are left alone. */
export function approach(world: World, navigator: Navigator): Command | null {
  const { status } = world;
  if (status.health < 0.6) return null;
  for (const foe of world.hostiles) {
    if (foe.distance < 2 || foe.distance > 8 || !foe.facts) continue;
    if (isPassive(foe.facts.index) || isThief(foe.facts.index)) continue;
    if (!mayMelee(foe.facts.index, world.fighter)) continue;
    if (!world.diary.mayTry(`chase ${foe.facts.name}`, status.turn)) continue;
    const way = navigator.safe.distanceTo(foe.cell);
    if (way > 12) continue;
    if (damageRate(foe.facts, world.fighter) * 6 > status.hp) continue;
    // Some keep their distance for ever: a chase of forty turns is enough.
    if (world.random.below(40) === 0) world.diary.pause(`chase ${foe.facts.name}`, status.turn, 100);
    return navigator.step('approach', foe.cell);
  }
  return null;
}
