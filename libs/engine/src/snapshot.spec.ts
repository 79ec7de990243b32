import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ACTIONS, Engine, EngineError } from './index.ts';
import type { Game, GameSettings, Snapshot } from './index.ts';
import { arbitraryKeys, arbitrarySettings } from './testing/arbitrary-game.ts';
import { digestOf } from './testing/digest.ts';
import { play } from './testing/play.ts';

type Image = Snapshot['image'];

const KEYS = ACTIONS.map((action) => action.key);

const digest = (game: Game): string => digestOf(game.observation);

function fresh(engine: Engine, start: GameSettings, given: readonly number[]): Game {
  const game = engine.newGame(start);
  play(game, given);
  return game;
}

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

describe('snapshots', () => {
  it('bring the same game back, any number of times', () => {
    fc.assert(
      fc.property(
        arbitrarySettings,
        arbitraryKeys(120),
        arbitraryKeys(120),
        arbitraryKeys(60),
        (start, before, after, elsewhere) => {
          const game = fresh(engine, start, before);
          fc.pre(!game.ended);
          const snapshot = game.snapshot();
          const first = play(game, after);
          const other = fresh(engine, { seeds: { core: 5n, disp: 6n } }, elsewhere);
          other.dispose(); // so that the next one runs in memory another game has used
          for (let turn = 0; turn < 2; turn += 1) {
            const again = engine.restore(snapshot);
            expect(again.tape).toEqual(Uint8Array.from(before));
            expect(play(again, after)).toEqual(first);
            again.dispose();
          }
          game.dispose();
        },
      ),
      { numRuns: 25, seed: 25 },
    );
  });

  it('branch: each branch is what a fresh game of its keys is', () => {
    fc.assert(
      fc.property(
        arbitrarySettings,
        arbitraryKeys(80),
        arbitraryKeys(80),
        arbitraryKeys(80),
        (start, trunk, left, right) => {
          const game = fresh(engine, start, trunk);
          fc.pre(!game.ended);
          const branch = game.clone();
          const seen: [string[], string[]] = [[], []];
          // in turns, so that a branch which wrote into the other's memory would show
          for (let step = 0; step < 80; step += 1) {
            for (const [which, one, given] of [
              [0, game, left],
              [1, branch, right],
            ] as const) {
              const key = given[step];
              if (key === undefined || one.ended) continue;
              if (one.step(key)) seen[which].push(digest(one));
            }
          }
          for (const [which, given] of [
            [0, left],
            [1, right],
          ] as const) {
            const alone = fresh(engine, start, trunk);
            const expected: string[] = [];
            for (const key of given) if (!alone.ended && alone.step(key)) expected.push(digest(alone));
            expect(seen[which]).toEqual(expected);
            alone.dispose();
          }
          expect(game.tape.subarray(0, trunk.length)).toEqual(branch.tape.subarray(0, trunk.length));
          game.dispose();
          branch.dispose();
        },
      ),
      { numRuns: 20, seed: 20 },
    );
  });

  it('go to another thread and on there', async () => {
    const start: GameSettings = { seeds: { core: 77n, disp: 78n }, character: '@' };
    const given = Array.from({ length: 400 }, (_, step) => KEYS[(step * 37) % KEYS.length] ?? 0);
    const game = fresh(engine, start, given.slice(0, 200));
    const snapshot = game.snapshot();
    const whole = play(engine.newGame(start), given);
    const expected = { id: engine.id, whole, shared: whole, rest: play(game, given.slice(200)) };
    const worker = new Worker(fileURLToPath(new URL('./testing/thread.js', import.meta.url)), {
      workerData: { start, given, snapshot, modules: engine.modules },
    });
    const told = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    expect(told).toEqual(expected);
  });

  it('can be peeked at without a copy, until the next key', () => {
    const game = fresh(engine, { seeds: { core: 5n, disp: 6n } }, [115, 115]);
    const [kept, live] = [game.snapshot(), game.peek()];
    const high = (snapshot: typeof live): Buffer => Buffer.from(snapshot.image.high);
    expect(live.tape).toEqual(kept.tape);
    expect(high(live).equals(high(kept))).toBe(true);
    game.step(115);
    expect(high(live).equals(high(kept))).toBe(false);
  });

  it('of another engine are refused', () => {
    const snapshot = engine.newGame({ seeds: { core: 1n, disp: 1n } }).snapshot();
    for (const wrong of [{ ...snapshot, engine: 'f'.repeat(64) }, {}, null]) {
      const restore = (): Game => engine.restore(wrong as typeof snapshot);
      expect(restore).toThrow(EngineError);
      expect(restore).toThrow(expect.objectContaining({ code: 'foreign_snapshot' }));
    }
  });

  it.each<[string, (given: Snapshot) => unknown]>([
    ['no image', (given) => ({ ...given, image: undefined })],
    ['no tape', (given) => ({ ...given, tape: undefined })],
    ['a tape of numbers', (given) => ({ ...given, tape: [32] })],
    ['an image of nothing', (given) => ({ ...given, image: {} })],
    ['a high part of text', ({ image, ...rest }) => ({ ...rest, image: { ...image, high: 'high' } })],
    ['words for bytes', ({ image, ...rest }) => ({ ...rest, image: { ...image, low: new Int32Array(9) } })],
    ...[
      (image: Image) => ({ ...image, low: image.low.subarray(1) }),
      (image: Image) => ({ ...image, low: new Uint8Array(image.low.length + 1) }),
      (image: Image) => ({ ...image, low: new Uint8Array(0) }),
      (image: Image) => ({ ...image, high: new Uint8Array(9 * 1024 * 1024) }),
      (image: Image) => ({ ...image, high: new Uint8Array(0) }),
      (image: Image) => ({ ...image, stackPointer: undefined }),
      ...[-4, -16, 262_160, 8, 0.5, NaN, 2 ** 32].map((stackPointer) => (image: Image) => ({
        ...image,
        stackPointer,
      })),
    ].map((change): [string, (given: Snapshot) => unknown] => [
      String(change),
      (given) => ({ ...given, image: change(given.image) }),
    ]),
  ])('that are damaged are refused, and nothing else is touched: %s', async (_, damage) => {
    const game = fresh(engine, { seeds: { core: 5n, disp: 6n } }, [115, 115]);
    const before = game.snapshot();
    engine.newGame({ seeds: { core: 1n, disp: 1n } }).dispose(); // a spare instance
    // an engine that has played nothing yet must tell it, too
    for (const one of [engine, await Engine.load(engine.modules)]) {
      const restore = (): Game => one.restore(damage(before) as Snapshot);
      expect(restore).toThrow(EngineError);
      expect(restore).toThrow(expect.objectContaining({ code: 'bad_snapshot' }));
      const again = one.restore(before);
      expect(digest(again)).toBe(digest(game));
      expect(play(again, [104, 106])).toHaveLength(3);
    }
  });

  it('are not taken of a game that is over', () => {
    const game = engine.newGame({ seeds: { core: 1n, disp: 1n } });
    game.dispose();
    for (const take of [() => game.snapshot(), () => game.clone()])
      expect(take).toThrow(expect.objectContaining({ code: 'game_over' }));
  });

  it('hold a fraction of a megabyte', () => {
    expect(engine.newGame({ seeds: { core: 1n, disp: 1n } }).snapshot().bytes).toBeLessThan(1.5e6);
  });
});

describe('dispose', () => {
  it('empties the views, which would show the next game otherwise', () => {
    const game = engine.newGame({ seeds: { core: 1n, disp: 1n } });
    const { glyphs } = game.observation;
    expect(glyphs).toHaveLength(21 * 79);
    game.dispose();
    expect(glyphs).toHaveLength(0);
  });
});

describe('run', () => {
  it('plays a tape as single steps do, and as the host-answered way does', () => {
    const start: GameSettings = { seeds: { core: 9n, disp: 9n }, character: 'val-hum-neu-fem' };
    const tape = Uint8Array.from({ length: 300 }, (_, step) =>
      'hjklyubnsi\x1b'.charCodeAt((step * step) % 11),
    );
    const game = engine.newGame(start);
    const result = game.run(tape);
    expect(result).toMatchObject({ steps: 300, end: null });
    const stepped = fresh(engine, start, [...tape]);
    expect(digestOf(result.observation)).toEqual(digestOf(stepped.observation));
    expect(digestOf(engine.play(start, tape).observation)).toEqual(digestOf(stepped.observation));
    expect(game.tape).toEqual(tape);
  });

  it('asks a policy until it stops or the game ends', () => {
    const quit = [0xf1, 0x79];
    const game = engine.newGame({ seeds: { core: 9n, disp: 9n }, character: 'val-hum-neu-fem' });
    expect(game.run((_, step) => (step < 3 ? 0x73 : null))).toMatchObject({ steps: 3, end: null });
    expect(game.run((_, step) => quit[step] ?? 27).end).toMatchObject({ howName: 'QUIT' });
  });
});
