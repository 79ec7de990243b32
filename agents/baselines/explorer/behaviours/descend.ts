import type { Command } from '../command.ts';
import type { Navigator } from '../navigation/navigator.ts';
import { HUNGER } from '../perception/status.ts';
import { TERRAIN } from '../perception/terrain.ts';
import type { World } from '../world.ts';
import { isFrontier } from './explore.ts';

const MINES = 2;

/**
 * The depth that experience levels 0, 1, 2, … are good for. Over 128 games apart from the tournament's: median 1,405, depth 3.96;
 * with 2, 4, 6 for levels 5 to 7: 1,363 and 3.45; with 2 already for level 4 and less patience: 1,191 and 3.51.
 */
const DEPTH_FOR_LEVEL = [1, 1, 1, 1, 1, 3, 5, 7, 8, 9, 10];
/** A level gives less and less: after this many turns on it, the next is dared. */
const PATIENCE = 3000;

const ARMOUR_BAD = 7;

/** Is the player strong enough for the next level? */
export function mayDescend(world: World): boolean {
  const { status, level } = world;
  // Starving: what is deeper is worth more than dying here.
  if (status.hunger >= HUNGER.weak) return true;
  if (status.health < 0.7) return false;
  const allowed = DEPTH_FOR_LEVEL[Math.min(status.level, DEPTH_FOR_LEVEL.length - 1)] ?? 1;
  // Armour decides as much as level does.
  const armour = status.armourClass >= ARMOUR_BAD ? -1 : status.armourClass <= 2 ? 1 : 0;
  return status.depth < Math.max(1, allowed + armour) + Math.floor(level.turns / PATIENCE);
}

/** Goes down where that is allowed and the level has nothing near that is new. */
export function descend(world: World, navigator: Navigator): Command | null {
  const { status, level } = world;
  if (!mayDescend(world) || status.is('levitating')) return null;
  const stairs = level.find(TERRAIN.stairsDown).filter((cell) => {
    const to = level.leadsTo.get(cell);
    return to === undefined || Math.floor(to / 100) !== MINES;
  });
  if (stairs.length === 0) return null;
  // On the first levels all is explored first: their gold and their weak monsters are worth it.
  if (
    status.depth <= 4 &&
    level.turns < 1200 &&
    navigator.safe.nearest((cell) => isFrontier(level, cell)) >= 0
  )
    return null;
  if (stairs.includes(status.cell)) return { by: 'descend', keys: '>' };
  const field = stairs.some((cell) => navigator.safe.isReachable(cell)) ? navigator.safe : navigator.daring;
  stairs.sort((a, b) => field.distanceTo(a) - field.distanceTo(b));
  return navigator.step('to stairs', stairs[0] ?? -1, field);
}

/** The Gnomish Mines are full of dwarves and end early: back up, and down by the other stairs. */
export function leaveMines(world: World, navigator: Navigator): Command | null {
  const { status, level } = world;
  if (status.dungeon !== MINES) return null;
  const stairs = level.find(TERRAIN.stairsUp)[0];
  if (stairs === undefined) return null;
  if (stairs === status.cell) return { by: 'leave mines', keys: '<' };
  return navigator.step(
    'leave mines',
    stairs,
    navigator.safe.isReachable(stairs) ? navigator.safe : navigator.daring,
  );
}

/** Out of a shop, to the nearest cell that is not one. */
export function leaveShop(world: World, navigator: Navigator): Command | null {
  const { status, level, diary } = world;
  if (!level.forbidden[status.cell] || !diary.mayTry('leave shop', status.turn)) return null;
  const way = navigator.safe.nearest((cell) => !level.forbidden[cell]);
  // The shopkeeper may stand in the door for a while.
  if (world.random.below(30) === 0) diary.pause('leave shop', status.turn, 10);
  return way < 0 ? null : navigator.step('leave shop', way);
}
