import type { Observation } from '@arena/engine';
import { textOf } from './characters.ts';

const PLACES = 55;
const LINE = 80;

export type InventorySources = Pick<Observation, 'inv_letters' | 'inv_strs'>;

/** One line a thing, its letter first, in the game's order and words. */
export function inventoryText({ inv_letters, inv_strs }: InventorySources): string {
  const lines: string[] = [];
  for (let i = 0; i < PLACES; i++) {
    const letter = inv_letters[i] ?? 0;
    if (letter === 0) break;
    const words = textOf(inv_strs.subarray(i * LINE, (i + 1) * LINE));
    lines.push(`${textOf(Uint8Array.of(letter))} - ${words}`);
  }
  return lines.length === 0 ? 'You carry nothing.' : lines.join('\n');
}
