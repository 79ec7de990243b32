import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Engine, EngineError } from './index.ts';
import type { Game, GameSettings, NewSeeds } from './index.ts';
import { arbitraryKeys, arbitrarySettings } from './testing/arbitrary-game.ts';
import { play } from './testing/play.ts';

const keysOf = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const START: GameSettings = {
  seeds: { core: 3n, disp: 4n },
  character: 'val-hum-neu-fem',
  debug: true,
  spawnMonsters: false,
};
const WELCOME = keysOf('     ');
/** Searches, and leaves each --More--. */
const WAIT = keysOf('s '.repeat(60));
/** Debug mode: ^V goes to another level, ^F maps it. */
const DOWN = keysOf('\x162\r\x06\x163\r\x06');
const SEEDS: NewSeeds = { core: 5n, disp: 6n, reseed: false };

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

function begin(settings: GameSettings = START, keys = WELCOME): Game {
  const game = engine.newGame(settings);
  play(game, keys);
  return game;
}

/** All of a game's memory as one digest: both generators lie in it. */
function memoryOf(game: Game | undefined): string {
  const image = game?.peek().image;
  if (image === undefined) return 'none';
  return createHash('sha256')
    .update(image.low)
    .update(image.high)
    .update(String(image.stackPointer))
    .digest('hex');
}

function after(game: Game, seeds: NewSeeds, keys: readonly number[]): string[] {
  game.reseed(seeds);
  return play(game, keys);
}

describe('a game that is reseeded', () => {
  it('goes on in one way for the same seeds, wherever it is', () => {
    fc.assert(
      fc.property(
        arbitrarySettings,
        arbitraryKeys(80),
        arbitraryKeys(80),
        fc.record({ core: fc.bigInt(0n, (1n << 64n) - 1n), disp: fc.bigInt(0n, 9n), reseed: fc.boolean() }),
        (start, before, keys, seeds) => {
          const game = begin(start, before);
          fc.pre(!game.ended);
          const other = game.clone();
          expect(after(other, seeds, keys)).toEqual(after(game, seeds, keys));
          for (const each of [game, other]) each.dispose();
        },
      ),
      { numRuns: 25, seed: 25 },
    );
  });

  it('goes on in other ways for other seeds of the game, and without any', () => {
    const ways = [0n, 1n, 1n << 32n, (1n << 64n) - 1n].map((core) =>
      after(begin(), { ...SEEDS, core }, WAIT).join(),
    );
    expect(new Set([...ways, play(begin(), WAIT).join()]).size).toBe(5);
  });

  it('depends on the game as it stands and the new seeds, not on those before', () => {
    const [one, other] = [4n, 5n].map((disp) => begin({ ...START, seeds: { core: 3n, disp } }));
    expect(memoryOf(one)).not.toBe(memoryOf(other));
    for (const game of [one, other]) game?.reseed(SEEDS);
    expect(memoryOf(one)).toBe(memoryOf(other));
  });

  it('is seeded by the seeds it has, too', () => {
    const game = begin();
    const twice = game.clone();
    const seeds = { core: 3n, disp: 4n, reseed: false };
    for (const each of [game, twice]) each.reseed(seeds);
    twice.reseed(seeds);
    expect(memoryOf(twice)).toBe(memoryOf(game));
    expect(play(game, WAIT)).not.toEqual(play(begin(), WAIT));
  });

  it('draws new seeds at a new level if the flag says so', () => {
    const [kept, drawn] = [false, true].map((reseed) => {
      const game = begin();
      return { still: after(game, { ...SEEDS, reseed }, WAIT), later: play(game, DOWN) };
    });
    expect(drawn?.still).toEqual(kept?.still);
    expect(drawn?.later).not.toEqual(kept?.later);
  });

  it('keeps the levels of its level seed', () => {
    const settings = { ...START, seeds: { ...START.seeds, lgen: 9n } };
    const map = (game: Game): string => {
      play(game, DOWN);
      return Buffer.from(game.fieldBytes('chars'))
        .toString('latin1')
        .replace(/[^|.#<>+-]/g, ' ');
    };
    const kept = begin(settings);
    const reseeded = begin(settings);
    reseeded.reseed(SEEDS);
    const stairs = (text: string): number[] => ['<', '>'].map((sign) => text.indexOf(sign));
    const found = stairs(map(kept));
    expect(Math.min(...found)).toBeGreaterThan(0);
    expect(stairs(map(reseeded))).toEqual(found);
    const other = begin();
    other.reseed(SEEDS);
    expect(stairs(map(other))).not.toEqual(found);
  });

  it('says so ever after, and so do its snapshots; what branched before does not', () => {
    const game = begin();
    const before = game.snapshot();
    expect([game.reseeded, before.reseeded]).toEqual([false, false]);
    game.reseed(SEEDS);
    const snapshot = game.snapshot();
    expect([game.reseeded, snapshot.reseeded, game.clone().reseeded]).toEqual([true, true, true]);
    expect(engine.restore(before).reseeded).toBe(false);
    const again = engine.restore(snapshot);
    expect(again.reseeded).toBe(true);
    expect(play(again, WAIT)).toEqual(play(game, WAIT));
  });

  it('has no tape for its fault, since keys alone do not show that again', () => {
    const game = begin();
    game.reseed(SEEDS);
    expect(() => play(game, keysOf('#panic\ry'))).toThrow(
      expect.objectContaining({ code: 'engine_fault', tape: null }),
    );
  });

  it.each<[string, unknown, string]>([
    ['a seed below 0', { ...SEEDS, core: -1n }, 'bad_seed'],
    ['a seed beyond 64 bits', { ...SEEDS, disp: 1n << 64n }, 'bad_seed'],
    ['a number for a seed', { ...SEEDS, core: 5 }, 'bad_seed'],
    ['a seed that is missing', { core: 1n, reseed: false }, 'bad_seed'],
    ['a flag that is none', { ...SEEDS, reseed: 1 }, 'bad_setting'],
  ])('refuses %s and goes on as it was', (_, seeds, code) => {
    const game = begin();
    const before = memoryOf(game);
    expect(() => {
      game.reseed(seeds as NewSeeds);
    }).toThrow(expect.objectContaining({ code }));
    expect(memoryOf(game)).toBe(before);
    expect(game.reseeded).toBe(false);
  });

  it('must be waiting for a key', () => {
    const ended = begin(START, [...WELCOME, 0xf1, ...keysOf(`y${'\x1b'.repeat(20)}`)]);
    expect(ended.ended).toBe(true);
    const gone = begin();
    gone.dispose();
    for (const game of [ended, gone])
      expect(() => {
        game.reseed(SEEDS);
      }).toThrow(EngineError);
  });
});
