import { damageRate, isPassive, type Fighter } from './danger.ts';
import type { Monster } from './monsters.ts';

/** Hit points of a monster on average: a die of eight a level; those of level 0 have a die of four. */
export function hitPoints({ level }: Monster): number {
  return level === 0 ? 2.5 : 4.5 * level;
}

/** What skill, strength and weapon add to one's aim, roughly. */
const TO_HIT = 1;

/** Hit points that one turn of blows takes from a monster on average. */
export function dealtRate(monster: Monster, fighter: Fighter): number {
  const hits = Math.min(0.95, Math.max(0.05, (1 + fighter.level + monster.armourClass + TO_HIT) / 20));
  return fighter.blow * hits;
}

/**
 * Hit points that a fight to the end against all these costs on average, the most dangerous for its hit points being
 * fought first. What is passive is not counted.
 */
export function costOfFight(foes: readonly Monster[], fighter: Fighter): number {
  const active = foes.filter((foe) => !isPassive(foe.index));
  const order = active
    .map((foe) => ({
      rate: damageRate(foe, fighter),
      turns: hitPoints(foe) / Math.max(0.3, dealtRate(foe, fighter)),
    }))
    .sort((a, b) => b.rate / b.turns - a.rate / a.turns);
  let time = 0;
  let cost = 0;
  for (const { rate, turns } of order) {
    time += turns;
    cost += rate * time;
  }
  return cost;
}
