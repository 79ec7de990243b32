import { KEYS, type Command } from '../command.ts';
import type { Navigator } from '../navigation/navigator.ts';
import { directionTo, keyOf, neighbour } from '../perception/geometry.ts';
import type { Level } from '../perception/level.ts';
import { TERRAIN } from '../perception/terrain.ts';
import type { World } from '../world.ts';

/** A cell at the edge of what is known: never stood on, with something unknown beside it. */
export function isFrontier(level: Level, cell: number): boolean {
  if (level.visited[cell]) return false;
  if (level.terrain[cell] === TERRAIN.closedDoor) return (level.doorTries[cell] ?? 0) < 1;
  for (let direction = 0; direction < 8; direction++) {
    const next = neighbour(cell, direction);
    if (next >= 0 && level.terrain[next] === TERRAIN.unknown) return true;
  }
  return false;
}

/** Goes to the nearest frontier by safe ways; walks into doors, which opens them. */
export function explore(world: World, navigator: Navigator): Command | null {
  const { level, status } = world;
  noteDoors(world);
  const target = navigator.safe.nearest((cell) => cell !== status.cell && isFrontier(level, cell));
  return target < 0 ? null : navigator.step('explore', target);
}

/** What was said about the doors beside the player: locked, or a shop that is closed for inventory. */
function noteDoors({ message, status, level }: World): void {
  const locked = /locked|WHAMM/.test(message);
  // Its owner zaps whoever breaks it; the writing may be scuffed, so any writing before a door counts.
  const closedShop = /You read:/.test(message);
  if (!locked && !closedShop) return;
  for (let direction = 0; direction < 8; direction += 2) {
    const door = neighbour(status.cell, direction);
    if (door < 0 || level.terrain[door] !== TERRAIN.closedDoor) continue;
    level.doorTries[door] = closedShop ? MOST_KICKS : Math.max(1, level.doorTries[door] ?? 0);
  }
}

const MOST_KICKS = 40;

/** Kicks locked doors in, from beside them. */
export function openDoors(world: World, navigator: Navigator): Command | null {
  const { level, status } = world;
  noteDoors(world);
  const field = navigator.safe;
  if (status.is('levitating') || status.load > 1 || !world.diary.mayTry('kick', status.turn)) return null;
  if (/hurt your|Ouch|too hurt|can't move your leg|not flexible/i.test(world.message)) {
    world.diary.pause('kick', status.turn, 20);
    return null;
  }
  let best = -1;
  let stand = -1;
  for (const door of level.find(TERRAIN.closedDoor)) {
    if ((level.doorTries[door] ?? 0) >= MOST_KICKS) continue;
    for (let direction = 0; direction < 8; direction += 2) {
      const cell = neighbour(door, direction);
      if (cell < 0 || !field.isReachable(cell) || level.terrain[cell] === TERRAIN.closedDoor) continue;
      if (stand < 0 || field.distanceTo(cell) < field.distanceTo(stand)) [best, stand] = [door, cell];
    }
  }
  if (best < 0) return null;
  if (stand !== status.cell) return navigator.step('to door', stand);
  level.doorTries[best] = (level.doorTries[best] ?? 0) + 1;
  return { by: 'kick', keys: KEYS.kick, then: keyOf(directionTo(status.cell, best)) };
}

/** When all safe ways are used up: over traps, pushing boulders, and to places walked by without a look. */
export function exploreDaring(world: World, navigator: Navigator): Command | null {
  const { level, status } = world;
  const target = navigator.daring.nearest(
    (cell) => cell !== status.cell && !level.forbidden[cell] && isFrontier(level, cell),
  );
  return target < 0 ? null : navigator.step('explore daring', target, navigator.daring);
}
