import type { Command } from '../command.ts';
import { FLOATING_EYE, GAS_SPORE, isPassive } from '../knowledge/danger.ts';
import { weaponWorth } from '../knowledge/gear.ts';
import { keyOf, lineTo, neighbour } from '../perception/geometry.ts';
import { CLASS, type Item } from '../perception/inventory.ts';
import { HUNGER } from '../perception/status.ts';
import { isWalkable } from '../perception/terrain.ts';
import type { World } from '../world.ts';

const THROWN = /^(?:.*dagger|dart|shuriken|.*spear|javelin|knife|stiletto|throwing star)$/;
const LAUNCHED: readonly (readonly [launcher: RegExp, missile: RegExp])[] = [
  [/bow$/, /arrow$|^ya$/],
  [/^yumi$|^long bow$/, /^ya$|arrow$/],
  [/^crossbow$/, /bolt$/],
  [/^sling$/, /flint|^rock|gem|glass/],
];
const REACH = 7;

/** What may be thrown or fired now: missiles for the launcher in hand, else daggers, darts and the like. */
export function missile(world: World): Item | undefined {
  const launcher = world.wielded?.name ?? '';
  const fits = LAUNCHED.find(([bow]) => bow.test(launcher))?.[1];
  const loose = world.items.filter((item) => !item.wielded && !item.worn);
  return (
    (fits && loose.find((item) => fits.test(item.name))) ??
    loose.find((item) => item.class === CLASS.weapon && THROWN.test(item.name) && !item.cursed)
  );
}

/** Throws or shoots at a foe in line, before it is here; with a bow in hand also at one that is. */
export function shoot(world: World): Command | null {
  const { status } = world;
  if (
    world.swallowed ||
    status.polymorphLevel > 0 ||
    status.is('confused') ||
    status.is('stunned') ||
    status.is('hallucinating')
  )
    return null;
  const spell = forceBolt(world);
  if (spell) return spell;
  const item = missile(world);
  if (!item) return null;
  // Empty hands do less than a dart.
  const firing = /arrow|^ya$|bolt/.test(item.name) || (!world.wielded && !world.diary.martial);
  for (const foe of world.hostiles) {
    if (!foe.facts || foe.distance > REACH || (foe.distance === 1 && !firing && !isPassive(foe.facts.index)))
      continue;
    // Those that stay where they are are not worth walking after one's missiles, but the experience is.
    if (isPassive(foe.facts.index) && status.health < 0.5) continue;
    if (foe.facts.index === GAS_SPORE && foe.distance < 3) continue;
    const direction = lineTo(status.cell, foe.cell);
    if (direction < 0 || !isClear(world, direction, foe.distance)) continue;
    return {
      by: 'shoot',
      keys: 't',
      then: item.letter + keyOf(direction),
      answers: [{ when: /How many/, keys: '1' }],
    };
  }
  return null;
}

/** After this many turns without a new cell, what sits in the way is pelted with whatever can be spared. */
const STUCK = 60;
/** After this many also the weapon in hand, which is fetched later. */
const THROW_ALL = 400;

/** Something that must not be touched blocks the way (a floating eye in a corridor): throws things at it. */
export function clearWay(world: World): Command | null {
  const { status } = world;
  if (world.stuckFor < STUCK || status.health < 0.5 || status.polymorphLevel > 0) return null;
  const foe = world.hostiles.find(({ facts, distance }) => facts && isPassive(facts.index) && distance <= 4);
  if (!foe?.facts || (foe.facts.index === GAS_SPORE && foe.distance < 3)) return null;
  const direction = lineTo(status.cell, foe.cell);
  if (direction < 0 || !isClear(world, direction, foe.distance)) return null;
  const item =
    missile(world) ??
    world.items.find(
      (item) =>
        !item.worn &&
        !item.cursed &&
        ((world.stuckFor > THROW_ALL && item.class === CLASS.weapon) || (!item.wielded && !item.alternate)) &&
        ((item.class === CLASS.weapon && (weaponWorth(item, world) < 3 || world.stuckFor > THROW_ALL)) ||
          item.class === CLASS.gem ||
          (item.class === CLASS.tool && !/pick-axe|unicorn/.test(item.name))),
    );
  if (!item) return null;
  return {
    by: 'clear way',
    keys: 't',
    then: item.letter + keyOf(direction),
    answers: [{ when: /How many/, keys: '1' }],
  };
}

/** Nobody to be spared and no wall on the way, nor right behind the target. */
function isClear(world: World, direction: number, reach: number): boolean {
  let cell = world.status.cell;
  for (let n = 1; n <= reach + 2; n++) {
    cell = neighbour(cell, direction);
    if (cell < 0) return true;
    if (n < reach && (!isWalkable(world.level.terrain[cell] ?? 0) || world.level.boulder[cell])) return false;
    if (world.pets.includes(cell)) return false;
    if (world.foes.some((foe) => foe.cell === cell && foe.peaceful)) return false;
  }
  return true;
}

/** The bolt flies 6 cells at least; at a distance it may miss as well, so it waits until the foe is close. */
const BOLT_REACH = 3;

function isAimed(world: World, cell: number, distance: number): boolean {
  const direction = lineTo(world.status.cell, cell);
  return direction >= 0 && isClear(world, direction, distance);
}

/** Wizards know force bolt as spell `a`: 2d6 for 5 points of energy, on a foe that is worth it. */
function forceBolt(world: World): Command | null {
  const { status, diary } = world;
  // Casting makes hungry.
  if (
    status.energy < 5 ||
    status.hunger >= HUNGER.hungry ||
    !world.items.some((item) => item.name === 'spellbook of force bolt')
  )
    return null;
  if (!diary.mayTry('force bolt', status.turn)) return null;
  const foe = world.hostiles.find(
    ({ facts, cell, distance }) =>
      facts &&
      distance <= BOLT_REACH &&
      facts.index !== GAS_SPORE &&
      (facts.level >= 2 || status.health < 0.6) &&
      (!isPassive(facts.index) || facts.index === FLOATING_EYE) &&
      isAimed(world, cell, distance),
  );
  if (!foe) return null;
  const direction = lineTo(status.cell, foe.cell);
  if (/You don't know|fail to cast|too tired|You lack/.test(world.message))
    diary.pause('force bolt', status.turn, 50);
  return {
    by: 'force bolt',
    keys: 'Z',
    choose: ({ text }) => /^force bolt/.test(text),
    answers: [{ when: /In what direction/, keys: keyOf(direction) }],
  };
}
