/** What is not speed of play: a new game, snapshots, memory, size. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import type { Measure } from '@arena/benchmark';
import { median } from '@arena/benchmark';
import { ENGINE_FOLDER } from '@arena/nle-wasm/node';
import type { Engine } from '../engine.ts';
import type { Game } from '../game.ts';
import type { BenchTape } from './tapes.ts';

const TIMES = 400;
const MEBIBYTE = 1_048_576;

function milliseconds(work: () => void): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

function times(work: (index: number) => number): number {
  return median(Array.from({ length: TIMES }, (_, index) => work(index)));
}

function newGames(engine: Engine, tapes: readonly BenchTape[]): Measure[] {
  // as one that plays game after game does: each takes the place of one that is over
  const after = times((index) => {
    const tape = tapes[index % tapes.length];
    if (tape === undefined) return NaN;
    let game: Game | undefined;
    const took = milliseconds(() => (game = engine.newGame(tape.settings)));
    game?.dispose();
    return took;
  });
  // and with none to take over: a fresh instance each
  const fresh = times((index) => {
    const tape = tapes[index % tapes.length];
    if (tape === undefined) return NaN;
    return milliseconds(() => engine.newGame(tape.settings));
  });
  return [
    { name: 'new game, after another', value: after, unit: 'ms', must: { most: 3 } },
    { name: 'new game, in new memory', value: fresh, unit: 'ms', must: { most: 3 } },
  ];
}

/** A game some way on, and the bytes a snapshot of it holds. */
function played(engine: Engine, tapes: readonly BenchTape[]): { game: Game; bytes: number } {
  const longest = [...tapes].sort((a, b) => b.keys.length - a.keys.length)[0];
  if (longest === undefined) throw new Error('there are no recorded games');
  const game = engine.newGame(longest.settings);
  game.run(longest.keys.subarray(0, Math.floor(longest.keys.length / 2)));
  const { low, high } = game.peek().image;
  return { game, bytes: low.length + high.length };
}

function snapshots(engine: Engine, tapes: readonly BenchTape[]): Measure[] {
  const { game, bytes } = played(engine, tapes);
  const from = new Uint8Array(bytes).fill(1);
  const to = new Uint8Array(bytes).fill(2);
  const copy: number[] = [];
  const both: number[] = [];
  const clone: number[] = [];
  for (let i = 0; i < TIMES; i += 1) {
    copy.push(
      milliseconds(() => {
        to.set(from);
      }),
    );
    let restored: Game | undefined;
    both.push(milliseconds(() => (restored = engine.restore(game.snapshot()))));
    restored?.dispose();
    clone.push(milliseconds(() => (restored = game.clone())));
    restored?.dispose();
  }
  game.dispose();
  const most = Math.max(0.3, 2 * median(copy));
  return [
    { name: 'memory a snapshot holds', value: bytes / MEBIBYTE, unit: 'MiB' },
    { name: 'plain copy of it', value: median(copy), unit: 'ms' },
    { name: 'snapshot plus restore', value: median(both), unit: 'ms', must: { most } },
    { name: 'clone', value: median(clone), unit: 'ms' },
  ];
}

/** What the process holds once nothing is left to collect. */
function residentBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage.rss();
}

function memory(engine: Engine, tapes: readonly BenchTape[]): Measure[] {
  // spare instances of the measurements before would serve these games: take them away first
  const spares = tapes.map(({ settings }) => engine.newGame(settings));
  const before = residentBytes();
  const games = tapes.map(({ settings, keys }) => {
    const game = engine.newGame(settings);
    game.run(keys);
    return game;
  });
  const linear = Math.max(...games.map((game) => game.memoryBytes));
  const resident = (residentBytes() - before) / games.length;
  for (const game of [...games, ...spares]) game.dispose();
  return [
    { name: 'memory a game, most of it', value: linear / MEBIBYTE, unit: 'MiB', must: { most: 8 } },
    { name: 'resident memory a game', value: resident / MEBIBYTE, unit: 'MiB', must: { most: 8 } },
  ];
}

function sizes(): Measure[] {
  return ['engine.wasm', 'engine-step.wasm'].map((name) => ({
    name: `${name}, gzip -9`,
    value: gzipSync(readFileSync(join(ENGINE_FOLDER, name)), { level: 9 }).length / 1e6,
    unit: 'MB',
    must: { most: 1.8 },
  }));
}

/** All of them, in the order of the table. */
export function measureMoments(engine: Engine, tapes: readonly BenchTape[]): Measure[] {
  return [...newGames(engine, tapes), ...snapshots(engine, tapes), ...memory(engine, tapes), ...sizes()];
}
