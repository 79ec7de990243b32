import type { Engine, GameSettings } from '@arena/engine';
import type { Tape } from '../tape.ts';
import { type RecorderOptions } from '../proof/recorder.ts';
import { recordTape } from '../proof/record.ts';

const bytesOf = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

/** Moves, searching and answers; enough to get a hero killed within some thousand keys. */
const WANDER = bytesOf('hjklyubnHJKLs.>\r ');

/** Without `y`, which would say yes to dying; 22 is ^V, debug mode's level teleport, 20 is ^T. */
const EXPLORE = [...bytesOf('hjklubnHJKLUBNs.<>,\r 123456789\x1b'), 22, 20];

/** So many keys drawn from a set by a small generator of its own: the same for the same seed, everywhere. */
export function drawKeys(set: readonly number[], seed: number, count: number): Uint8Array {
  let state = (seed % 65_521) + 1;
  return Uint8Array.from({ length: count }, () => {
    state = (state * 75 + 74) % 65_537;
    return set[state % set.length] ?? 46;
  });
}

/** A game of somebody who wanders about, up to its end or to `keys`. */
export function wanderingTape(
  engine: Engine,
  seed: number,
  keys: number,
  options: RecorderOptions = {},
): Tape {
  const settings: GameSettings = { seeds: { core: BigInt(seed), disp: 1n } };
  return recordTape(engine, settings, drawKeys(WANDER, seed, keys), options);
}

/**
 * A game in debug mode, whose hero does not die unless told to, over many levels: it lasts as long as there are keys,
 * and its levels pile up in its files.
 */
export function longTape(engine: Engine, keys: number, options: RecorderOptions = {}): Tape {
  const settings: GameSettings = {
    seeds: { core: 7n, disp: 8n },
    character: 'val-hum-law-fem',
    debug: true,
  };
  return recordTape(engine, settings, drawKeys(EXPLORE, 11, keys), options);
}
