import { wait, type Command } from '../command.ts';
import type { Navigator } from '../navigation/navigator.ts';
import { CELLS, neighbour, xOf, yOf } from '../perception/geometry.ts';
import type { Level } from '../perception/level.ts';
import { isWalkable, TERRAIN } from '../perception/terrain.ts';
import type { World } from '../world.ts';
import { mayDescend } from './descend.ts';

/** Searches the likeliest places for hidden doors and corridors while a level has no known way down. */
export function searchWalls(world: World, navigator: Navigator): Command | null {
  const { level, status } = world;
  if (
    level.find(TERRAIN.stairsDown).some((cell) => navigator.daring.isReachable(cell) && !isMines(level, cell))
  )
    return null;
  const field = navigator.safe.reached > 40 && world.stuckFor < 600 ? navigator.safe : navigator.daring;
  let best = -1;
  let bestWorth = -Infinity;
  for (let n = 0; n < field.reached; n++) {
    const cell = field.nth(n);
    const worth = searchWorth(level, cell) - field.distanceTo(cell) / 3 - (level.searched[cell] ?? 0) * 1.5;
    if (worth > bestWorth) [best, bestWorth] = [cell, worth];
  }
  // Hopeless after a long search: other behaviours may push boulders or dare traps.
  if (best < 0 || bestWorth < (mayDescend(world) ? -300 : -120)) return null;
  if (best !== status.cell) return navigator.step('to search', best, field);
  for (let direction = 0; direction < 8; direction++) {
    const next = neighbour(best, direction);
    if (next >= 0) level.searched[next] = (level.searched[next] ?? 0) + 2;
  }
  level.searched[best] = (level.searched[best] ?? 0) + 10;
  return wait('search', 10);
}

function isMines(level: Level, stairs: number): boolean {
  const to = level.leadsTo.get(stairs) ?? 0;
  return level.key < 100 && to >= 200 && to < 300;
}

/** A dead end of a corridor first, then walls behind which much is unknown. */
function searchWorth(level: Level, cell: number): number {
  let open = 0;
  let walls = 0;
  let unknown = 0;
  for (let direction = 0; direction < 8; direction++) {
    const next = neighbour(cell, direction);
    if (next < 0) continue;
    const terrain = level.terrain[next] ?? 0;
    if (isWalkable(terrain)) open++;
    else if (terrain === TERRAIN.wall) walls++;
    else if (terrain === TERRAIN.unknown) unknown++;
  }
  const terrain = level.terrain[cell];
  if ((terrain === TERRAIN.corridor || terrain === TERRAIN.doorway) && open <= 1) return 40;
  if (terrain === TERRAIN.corridor) return unknown > 4 ? 2 : -10;
  if (walls === 0 || terrain === TERRAIN.openDoor) return -20;
  return emptiness(level, cell) * 30;
}

/** How much of the 21×11 cells around is unknown, 0…1. */
function emptiness(level: Level, cell: number): number {
  let unknown = 0;
  let all = 0;
  for (let dy = -6; dy <= 6; dy += 2) {
    for (let dx = -12; dx <= 12; dx += 2) {
      const x = xOf(cell) + dx;
      const y = yOf(cell) + dy;
      if (x < 2 || x > 77 || y < 1 || y > 20) continue;
      const at = y * 79 + x;
      if (at < 0 || at >= CELLS) continue;
      all++;
      if (level.terrain[at] === TERRAIN.unknown) unknown++;
    }
  }
  return all === 0 ? 0 : unknown / all;
}
