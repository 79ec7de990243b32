import { neighbour } from './geometry.ts';
import type { Level } from './level.ts';
import { TERRAIN } from './terrain.ts';

/**
 * Forbids the shop around a shopkeeper: its floor as far as it is known, up to walls and doors. Things picked up there
 * would have to be paid and the shopkeeper is stronger than anyone who comes early. Call it at each look at one, since
 * more of the shop comes in sight.
 */
export function forbidShop(level: Level, shopkeeper: number): void {
  const queue = [shopkeeper];
  const inside = new Set(queue);
  for (const cell of queue) {
    for (let direction = 0; direction < 8; direction++) {
      const next = neighbour(cell, direction);
      if (next < 0 || inside.has(next)) continue;
      if (level.terrain[next] !== TERRAIN.floor) continue;
      inside.add(next);
      queue.push(next);
    }
  }
  // A shopkeeper out of the shop (digging, chasing) would forbid a cave or a corridor.
  if (inside.size > 150) return;
  level.hasShop = true;
  for (const cell of inside) level.forbidden[cell] = 1;
}
