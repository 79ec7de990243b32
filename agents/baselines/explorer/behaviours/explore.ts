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
  noteLockedDoor(world);
  const target = navigator.safe.nearest((cell) => cell !== status.cell && isFrontier(level, cell));
  return target < 0 ? null : navigator.step('explore', target);
}

/** "This door is locked" was said on walking into one. */
function noteLockedDoor(world: World): void {
  if (!/door is locked|door opens|WHAMM|door is stuck|The door/.test(world.message)) return;
  if (!/locked|WHAMM/.test(world.message)) return;
  for (let direction = 0; direction < 8; direction += 2) {
    const door = neighbour(world.status.cell, direction);
    if (door >= 0 && world.level.terrain[door] === TERRAIN.closedDoor) {
      world.level.doorTries[door] = Math.max(1, world.level.doorTries[door] ?? 0);
    }
  }
}

const MOST_KICKS = 40;

/** Kicks locked doors in, from beside them. */
export function openDoors(world: World, navigator: Navigator): Command | null {
  const { level, status } = world;
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
  const target = navigator.daring.nearest((cell) => cell !== status.cell && !level.forbidden[cell] && isFrontier(level, cell));
  return target < 0 ? null : navigator.step('explore daring', target, navigator.daring);
}
