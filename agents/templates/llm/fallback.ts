import type { Observation } from '@arena/agent';
import { DIRECTIONS } from './actions.ts';

/** A step goes nowhere there, or somewhere worse. */
const SHUT = /unknown|wall|stone|boulder|trap|water|lava|peaceful|bars|tree/;

/**
 * What to do without a model, as a word: leaves questions, goes down where a staircase is, else walks where the way is free, and
 * searches now and then. By the game's seed and step alone, so that games without a model can be played again.
 */
export function fallbackAction(observation: Observation, seed: number): string {
  const { text_surroundings: around, step } = observation;
  const dice = mix(seed ^ Math.imul(step, 0x9e3779b1));
  if (dice % 5 === 0) return /staircase down/.test(around.split('\n')[0] ?? '') ? 'down' : 'search';
  const beside = /^Beside you: (.*)$/m.exec(around)?.[1] ?? '';
  const seen = new Map(
    beside.split('; ').map((part) => {
      const [way = '', ...what] = part.split(' ');
      return [way, what.join(' ')];
    }),
  );
  const open = DIRECTIONS.filter((way) => !SHUT.test(seen.get(way) ?? 'unknown'));
  return open[(dice >>> 8) % Math.max(1, open.length)] ?? 'search';
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
