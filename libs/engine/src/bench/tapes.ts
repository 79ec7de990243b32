import { fileURLToPath } from 'node:url';
import { findGolden, readGolden } from '../golden/file.ts';
import type { FieldName } from '@arena/nle-wasm';
import { FIELDS } from '@arena/nle-wasm';
import type { GameSettings } from '../settings.ts';

/** A game to be played again: what enters it, and its keys. */
export interface BenchTape {
  readonly settings: GameSettings;
  readonly keys: Uint8Array;
}

const RECORDED = fileURLToPath(new URL('../../../../test/golden', import.meta.url));

/** All recorded games of ordinary play: 26 of walking, handling items and hitting every key, 58,635 keys in all. */
export function recordedTapes(): BenchTape[] {
  return findGolden([RECORDED])
    .map((path) => readGolden(path))
    .flatMap((game) =>
      'tape' in game && !game.wizard
        ? [
            {
              settings: {
                seeds: { core: BigInt(game.core), disp: BigInt(game.disp), reseed: game.reseed },
                options: game.options,
                spawnMonsters: game.spawnMonsters,
                clock: game.clock,
              },
              keys: game.tape,
            },
          ]
        : [],
    );
}

const SIX: readonly FieldName[] = ['glyphs', 'chars', 'colors', 'specials', 'blstats', 'message'];
const INVENTORY: readonly FieldName[] = ['inv_glyphs', 'inv_strs', 'inv_letters', 'inv_oclasses'];
const TERMINAL: readonly FieldName[] = ['tty_chars', 'tty_colors', 'tty_cursor'];

/** What agents ask for: little, what the challenge gave, everything. */
export const FIELD_SETS: readonly { readonly name: string; readonly fields: readonly FieldName[] }[] = [
  { name: '6 fields', fields: SIX },
  { name: '14 fields', fields: [...SIX, ...INVENTORY, ...TERMINAL, 'misc'] },
  { name: '17 fields', fields: FIELDS.map(({ name }) => name) },
];
