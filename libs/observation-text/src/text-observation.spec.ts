import { ACTIONS, BLSTATS, Engine, PROGRAM_STATE, type Observation } from '@arena/engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeText } from './characters.ts';
import { direction } from './directions.ts';
import { TEXT_FIELDS, TextObservation, inventoryText, isTextField, sourcesOf, statusText } from './index.ts';
import { emptyObservation, observationOf } from './testing/recorded.ts';

const NAMES = TEXT_FIELDS.map(({ name }) => name);
/** A lone byte of half a character makes it throw. */
const strict = new TextDecoder('utf-8', { fatal: true });

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

/** All text fields as an agent reads them. Throws on what is no UTF-8, and on anything behind the first zero. */
function read(texts: TextObservation): Record<string, string> {
  const told = TEXT_FIELDS.map(({ name, bytes }) => {
    const field = texts.bytes(name) ?? new Uint8Array(0);
    expect(field.length).toBe(bytes);
    const end = field.indexOf(0);
    const used = end < 0 ? field : field.subarray(0, end);
    expect(field.subarray(used.length).every((byte) => byte === 0)).toBe(true);
    return [name, strict.decode(used)] as const;
  });
  return Object.fromEntries(told);
}

function inGame(change: (blstats: Int32Array) => void): Observation {
  const seen = emptyObservation();
  seen.program_state[PROGRAM_STATE.inMoveLoop] = 1;
  change(seen.blstats);
  return seen;
}

describe('text fields', () => {
  it('say nothing of no game', () => {
    const texts = new TextObservation(NAMES, engine);
    texts.render(emptyObservation());
    expect(read(texts)).toEqual({
      text_message: '',
      text_status: '',
      text_inventory: 'You carry nothing.',
      text_surroundings: '',
    });
  });

  it('are those that were asked for', () => {
    const texts = new TextObservation(['glyphs', 'text_status'], engine);
    expect(NAMES.map((name) => texts.bytes(name) !== null)).toEqual([false, true, false, false]);
    expect(sourcesOf(['glyphs', 'text_status'])).toEqual(['blstats', 'program_state']);
    expect(isTextField('glyphs')).toBe(false);
  });

  it('are legible, within bounds and without control characters, whatever keys are pressed', () => {
    const keys = fc.array(fc.oneof(fc.constantFrom(...ACTIONS.map(({ key }) => key)), fc.nat(255)), {
      minLength: 100,
      maxLength: 300,
    });
    const seed = fc.bigInt(0n, (1n << 62n) - 1n);
    fc.assert(
      fc.property(seed, keys, (core, pressed) => {
        const game = engine.newGame({
          ...{ seeds: { core, disp: core }, character: '@', clock: 1_623_758_400 },
          fields: sourcesOf(NAMES),
        });
        const texts = new TextObservation(NAMES, engine);
        for (const key of pressed) {
          texts.render(game.observation);
          for (const text of Object.values(read(texts))) expect(text).not.toMatch(/[^\P{Cc}\n]/u);
          if (!game.step(key)) break;
        }
        game.dispose();
      }),
      { numRuns: 15 },
    );
  });

  it('are so even of fields that hold anything but glyphs that are none', () => {
    const most = engine.tables.constants['MAX_GLYPH'] ?? 0;
    const size = 149_913;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 4096 }), fc.nat(most), (noise, glyph) => {
        const seen = observationOf(Uint8Array.from({ length: size }, (_, i) => noise[i % noise.length] ?? 0));
        seen.glyphs.fill(glyph);
        const texts = new TextObservation(NAMES, engine);
        texts.render(seen);
        for (const text of Object.values(read(texts))) expect(text).not.toMatch(/[^\P{Cc}\n]/u);
      }),
      { numRuns: 40 },
    );
  });

  it('end with an ellipsis where they do not fit, between two characters', () => {
    const target = new Uint8Array(8).fill(7);
    writeText('aéééé', target);
    expect(strict.decode(target)).toBe('aéé…');
    writeText('ab', target);
    expect([...target]).toEqual([97, 98, 0, 0, 0, 0, 0, 0]);
    writeText('abcdefgh', target);
    expect(strict.decode(target)).toBe('abcdefgh');
  });
});

describe('words', () => {
  it.each([
    [1, 0, '1 east'],
    [0, -3, '3 north'],
    [-2, 2, '2 southwest'],
    [5, 3, '5 east 3 south'],
    [-1, -4, '1 west 4 north'],
  ])('for %d, %d', (dx, dy, words) => {
    expect(direction(dx, dy)).toBe(words);
  });

  it.each([
    [3, '3'],
    [18, '18'],
    [19, '18/01'],
    [117, '18/99'],
    [118, '18/**'],
    [125, '25'],
  ])('for strength %d', (value, words) => {
    const seen = inGame((blstats) => {
      blstats[BLSTATS.strength125] = value;
    });
    expect(statusText(seen)).toContain(`strength ${words},`);
  });

  it('for what ails', () => {
    const seen = inGame((blstats) => {
      blstats[BLSTATS.hunger] = 3;
      blstats[BLSTATS.capacity] = 1;
      blstats[BLSTATS.conditions] = 0x20 | 0x100 | 0x400;
      blstats[BLSTATS.alignment] = -1;
      blstats[BLSTATS.dungeonNumber] = 2;
    });
    expect(statusText(seen).split('\n')[3]).toBe('weak from hunger, burdened, blind, confused, levitating');
    expect(statusText(seen)).toContain('of the Gnomish Mines');
    expect(statusText(seen)).toContain('chaotic');
  });

  it('for a name that is none to be printed', () => {
    const seen = emptyObservation();
    seen.inv_letters[0] = 97;
    seen.inv_strs.set([100, 27, 0xe9, 0x85], 0);
    expect(inventoryText(seen)).toBe('a - d?é?');
  });
});
