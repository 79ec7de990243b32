import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Game, GameSettings, Observation } from './index.ts';
import { Engine, FIELDS } from './index.ts';
import { arbitraryKeys, arbitrarySettings } from './testing/arbitrary-game.ts';
import { digestOf } from './testing/digest.ts';
import { play, seenOf } from './testing/play.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

/** What the game shows when nothing else runs. */
function alone(start: GameSettings, given: readonly number[]): string[] {
  const game = engine.newGame(start);
  const seen = play(game, given);
  game.dispose();
  return seen;
}

/** A game that is played a key at a time, whenever there is time for it. */
class Played {
  readonly seen: string[];
  private readonly game: Game;
  private readonly given: readonly number[];

  constructor(start: GameSettings, given: readonly number[]) {
    this.game = engine.newGame(start);
    this.given = given;
    this.seen = [seenOf(this.game)];
  }

  step(): boolean {
    const key = this.given[this.seen.length - 1];
    if (key === undefined || this.game.ended) return false;
    this.game.step(key);
    this.seen.push(seenOf(this.game));
    return true;
  }

  finish(): string[] {
    while (this.step());
    this.game.dispose();
    return this.seen;
  }
}

/** What a policy sees that gives these keys; `meanwhile` is called inside each of its key requests. */
function hosted(start: GameSettings, given: readonly number[], meanwhile: (step: number) => void): string[] {
  const seen: string[] = [];
  const { end } = engine.play(start, (observation, step) => {
    const digest = digestOf(observation);
    meanwhile(step);
    // its views still show this game
    seen.push(digestOf(observation) === digest ? digest : 'another game shows');
    return given[step] ?? null;
  });
  return end === null ? seen : [...seen, end.howName];
}

describe('games in one process', () => {
  it('two of them, interleaved in any way, do not touch each other', () => {
    fc.assert(
      fc.property(
        arbitrarySettings,
        arbitraryKeys(120),
        arbitrarySettings,
        arbitraryKeys(120),
        fc.array(fc.boolean(), { maxLength: 240, size: 'max' }),
        (left, leftKeys, right, rightKeys, order) => {
          const one = new Played(left, leftKeys);
          const other = new Played(right, rightKeys);
          for (const first of order) (first ? one : other).step();
          expect(one.finish()).toEqual(alone(left, leftKeys));
          expect(other.finish()).toEqual(alone(right, rightKeys));
        },
      ),
      { numRuns: 25, seed: 1 },
    );
  });

  it('one played inside the key requests of another, with a third inside both, do not either', () => {
    fc.assert(
      fc.property(
        arbitrarySettings,
        arbitraryKeys(80),
        arbitrarySettings,
        arbitraryKeys(80),
        arbitrarySettings,
        arbitraryKeys(30),
        fc.nat(20),
        (outer, outerKeys, stepped, steppedKeys, inner, innerKeys, at) => {
          const beside = new Played(stepped, steppedKeys);
          const within: string[][] = [];
          const seen = hosted(outer, outerKeys, (step) => {
            beside.step();
            if (step === at) within.push(hosted(inner, innerKeys, () => beside.step()));
          });
          expect(seen).toEqual(alone(outer, outerKeys));
          for (const one of within) expect(one).toEqual(alone(inner, innerKeys));
          expect(beside.finish()).toEqual(alone(stepped, steppedKeys));
        },
      ),
      { numRuns: 25, seed: 2 },
    );
  });
});

describe('a game on a worker thread', () => {
  it('is the same game as on the main one, with its own engine and with the shared one', async () => {
    const worker = new Worker(fileURLToPath(new URL('./testing/games-thread.js', import.meta.url)), {
      workerData: engine.modules,
    });
    try {
      await fc.assert(
        fc.asyncProperty(arbitrarySettings, arbitraryKeys(150), async (start, given) => {
          const answer = once(worker, 'message');
          worker.postMessage({ start, given });
          const here = alone(start, given);
          expect(await answer).toEqual([[here, here]]);
        }),
        { numRuns: 20, seed: 3 },
      );
    } finally {
      await worker.terminate();
    }
  });
});

describe('the observation', () => {
  const start: GameSettings = { seeds: { core: 42n, disp: 7n }, character: 'val-hum-neu-fem', debug: true };
  /** Walks, searches and looks at the inventory; in debug mode nobody dies of it. */
  const keyAt = (step: number): number =>
    'hjklHJKLyubns,i:\x1b\x1b'.charCodeAt((step * step + 3 * step) % 18);
  const STEPS = 10_000;

  function expectSameViews(now: Observation, before: Observation): void {
    // without expect for each: 220,000 calls of it take seconds
    const changed = FIELDS.filter(({ name }) => now[name] !== before[name]).map(({ name }) => name);
    if (changed.length > 0) expect(changed).toEqual([]);
  }

  it('is the same views of the memory after each step, unless the memory grew', () => {
    const game = engine.newGame(start);
    let views = { ...game.observation };
    let { buffer } = views.glyphs;
    let bytes = game.memoryBytes;
    let growths = 0;
    for (let step = 0; step < STEPS; step += 1) {
      expect(game.step(keyAt(step))).toBe(true);
      if (game.memoryBytes !== bytes) {
        growths += 1;
        bytes = game.memoryBytes;
        views = { ...game.observation };
        ({ buffer } = views.glyphs);
      }
      expectSameViews(game.observation, views);
    }
    expect(FIELDS.filter(({ name }) => views[name].buffer !== buffer)).toEqual([]);
    expect(buffer.byteLength).toBe(bytes);
    expect(growths).toBeLessThan(10);
    game.dispose();
  });

  it('costs no copy: 10,000 steps leave the process’s array buffers as they were', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const game = engine.newGame(start);
    // the tape doubles its room as it grows: after 16,385 keys it has enough for the 10,000 that count
    for (let step = 0; step < 16_385; step += 1) game.step(keyAt(step));
    const bytes = game.memoryBytes;
    collect();
    const held = (): number => process.memoryUsage().arrayBuffers;
    const before = held();
    let most = 0;
    for (let step = 0; step < STEPS; step += 1) {
      expect(game.step(keyAt(step))).toBe(true);
      expect(game.observation.blstats).toHaveLength(27);
      // often enough that no collection hides copies: a single one of the screen's fields has 1,659 bytes and more
      if (step % 10 === 0) most = Math.max(most, held());
    }
    expect(game.memoryBytes).toBe(bytes);
    expect(most).toBeLessThanOrEqual(before);
    game.dispose();
  });

  it('of a policy is the same views at each key request, too', () => {
    let views: Observation | null = null;
    let length = 0;
    let growths = 0;
    const { steps } = engine.play(start, (observation, step) => {
      const bytes = observation.glyphs.buffer.byteLength;
      if (views === null || bytes !== length) {
        if (views !== null) growths += 1;
        views = { ...observation };
        length = bytes;
      }
      expectSameViews(observation, views);
      return step < STEPS ? keyAt(step) : null;
    });
    expect(steps).toBe(STEPS);
    expect(growths).toBeLessThan(10);
  });
});
