/** Whether a game plays with screen_descriptions is a setting of its own; showing the field in one that does not must not touch it. */
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findGolden, readGolden } from './golden/file.ts';
import type { GoldenGame } from './golden/game-file.ts';
import { goldenSettings } from './golden/player.ts';
import type { FieldName, Game, GameSettings, Observation } from './index.ts';
import { Engine, FIELDS } from './index.ts';
import { bytesOf } from './game.ts';
import { arbitraryKeys, arbitrarySettings } from './testing/arbitrary-game.ts';

const FOLDER = fileURLToPath(new URL('../../../test/golden/plain', import.meta.url));
const DESCRIPTIONS: FieldName = 'screen_descriptions';
const OTHERS = FIELDS.map(({ name }) => name).filter((name) => name !== DESCRIPTIONS);

let engine: Engine;
let plain: readonly GoldenGame[];
beforeAll(async () => {
  engine = await Engine.load();
  plain = findGolden([FOLDER]).map((path) => readGolden(path) as GoldenGame);
});

const stateOf = (observation: Observation): string =>
  OTHERS.map((name) => crc32(bytesOf(observation[name]))).join();
const wordsOf = (observation: Observation): number => crc32(bytesOf(observation[DESCRIPTIONS]));

/** The words for the hero's cell, which is always described. */
function heroOf({ blstats, screen_descriptions: words }: Observation): string {
  const at = ((blstats[1] ?? 0) * 79 + (blstats[0] ?? 0)) * 80;
  return Buffer.from(words.subarray(at, words.indexOf(0, at))).toString('latin1');
}

/** Addresses of memory in which two games at the same key differ, but for what lies below the stack: counted, outside the field and the list of fields. */
function differing(one: Game, other: Game): number {
  const [a, b] = [one.peek().image, other.peek().image];
  expect([a.stackPointer, a.low.length, a.high.length]).toEqual([
    b.stackPointer,
    b.low.length,
    b.high.length,
  ]);
  const words = Buffer.from(bytesOf(one.observation[DESCRIPTIONS]));
  const from = Buffer.from(a.high).indexOf(words);
  expect(from).toBeGreaterThan(0);
  const behind = from + words.length;
  return [
    [a.low.subarray(a.stackPointer), b.low.subarray(a.stackPointer)],
    [a.high.subarray(0, from), b.high.subarray(0, from)],
    [a.high.subarray(behind), b.high.subarray(behind)],
  ].reduce((sum, [one = a.low, other = a.low]) => {
    // what is equal as a whole, nearly always, is not looked at byte by byte
    if (Buffer.compare(one, other) === 0) return sum;
    return sum + one.reduce((count, byte, i) => (byte === other[i] ? count : count + 1), 0);
  }, 0);
}

describe('a game without screen_descriptions', () => {
  it('is not touched by showing the field: not a byte of its memory differs beside it', () => {
    let checked = 0;
    for (const golden of plain.slice(0, 9)) {
      const settings = goldenSettings(golden);
      const shown = engine.newGame({ ...settings, fields: [...OTHERS, DESCRIPTIONS] });
      const hidden = engine.newGame({ ...settings, fields: OTHERS });
      for (const [step, key] of golden.tape.subarray(0, 400).entries()) {
        if (step % 150 === 100) {
          // the word that lists the wanted fields has one bit more
          expect(differing(shown, hidden)).toBeLessThanOrEqual(1);
          expect(heroOf(shown.observation)).not.toBe('');
          expect(wordsOf(hidden.observation)).toBe(crc32(new Uint8Array(21 * 79 * 80)));
          checked += 1;
        }
        expect(shown.step(key)).toBe(hidden.step(key));
      }
      expect(shown.end).toEqual(hidden.end);
      shown.dispose();
      hidden.dispose();
    }
    expect(checked).toBeGreaterThan(15);
  }, 120_000);

  it('shows the same whatever is asked for, in both ways, with the same words', () => {
    fc.assert(
      fc.property(arbitrarySettings, arbitraryKeys(60), (given, keys) => {
        const settings: GameSettings = { ...given, screenDescriptions: false };
        const shown = engine.newGame(settings);
        const all = [{ state: stateOf(shown.observation), words: wordsOf(shown.observation) }];
        for (const key of keys) {
          if (!shown.step(key)) break;
          all.push({ state: stateOf(shown.observation), words: wordsOf(shown.observation) });
        }
        shown.dispose();
        const compare = (fields: readonly FieldName[], withWords: boolean): void => {
          engine.play({ ...settings, fields }, (observation, step) => {
            expect(stateOf(observation)).toBe(all[step]?.state);
            if (withWords) expect(wordsOf(observation)).toBe(all[step]?.words);
            return keys[step] ?? null;
          });
        };
        compare(OTHERS, false);
        compare([...OTHERS, DESCRIPTIONS], true);
      }),
      { numRuns: 10 },
    );
  }, 120_000);

  it('goes on from a snapshot with its words', () => {
    const [golden] = plain;
    if (golden === undefined) throw new Error('no recorded game');
    const game = engine.newGame(goldenSettings(golden));
    game.run(golden.tape.subarray(0, 300));
    const again = engine.restore(game.snapshot());
    for (const key of golden.tape.subarray(300, 360)) {
      game.step(key);
      again.step(key);
      expect(wordsOf(again.observation)).toBe(wordsOf(game.observation));
    }
    game.dispose();
    again.dispose();
  });

  it('can be another game than one with them: some of the recorded ones are', () => {
    const differs = plain.filter((golden) => {
      const end = (screenDescriptions: boolean): string => {
        const { observation } = engine.play(
          { ...goldenSettings(golden), screenDescriptions, fields: OTHERS },
          golden.tape,
        );
        return stateOf(observation);
      };
      return end(true) !== end(false);
    });
    expect(differs.length).toBeGreaterThan(0);
  });
});

describe('the setting', () => {
  it('is true unless told otherwise, and must be true or false', () => {
    expect(() =>
      engine.newGame({ seeds: { core: 1n, disp: 1n }, screenDescriptions: 1 as unknown as boolean }),
    ).toThrow(
      expect.objectContaining({
        code: 'bad_setting',
        message: expect.stringMatching(/^screenDescriptions is 1/),
      }),
    );
  });
});

describe('the observation after the key that ends a game', () => {
  it('is NetHack’s last screen without a map, in both ways', () => {
    const golden = plain.find(({ id }) => id === 'plain-walk-004');
    if (golden === undefined) throw new Error('no recorded game that ends');
    const game = engine.newGame(goldenSettings(golden));
    game.run(golden.tape);
    expect(game.ended).toBe(true);
    const { observation } = engine.play(goldenSettings(golden), golden.tape);
    for (const last of [game.observation, observation]) {
      expect(Buffer.from(last.tty_chars).toString('latin1')).toContain('You made the top ten list!');
      expect(last.message.every((byte) => byte === 0)).toBe(true);
      expect(last.blstats.every((value) => value === 0)).toBe(true);
      expect(new Set(last.glyphs).size).toBe(1);
    }
    game.dispose();
  });
});
