/**
 * What a program meets before V8 has optimised the engine: `measureFirstSeconds` starts this file as a process of its
 * own, cold, with and without Engine.warmUp, and once more in a second thread of the warm process.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { Measure } from '@arena/benchmark';
import { median } from '@arena/benchmark';
import { Engine } from '../engine.ts';
import type { EngineModules } from '@arena/nle-wasm';
import type { BenchTape } from './tapes.ts';
import { recordedTapes } from './tapes.ts';

/** How one process or thread began. */
interface Beginning {
  /** Milliseconds from nothing to an engine. */
  readonly load: number;
  /** Milliseconds of the first game up to its first key request. */
  readonly game: number;
  /** Milliseconds that Engine.warmUp took; 0 without. */
  readonly warmUp: number;
  /** Keys played in the first second of play. */
  readonly firstSecond: number;
  /** Keys a second at the end. */
  readonly atLast: number;
}

const PLAY_MS = 4000;
const TRIES = 3;

const processorMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Keys given within so many milliseconds of the thread's processor time, from game to game. */
function playFor(engine: Engine, tapes: readonly BenchTape[], ms: number): number {
  const begin = processorMs();
  let keys = 0;
  for (let index = 0; ; index += 1) {
    const tape = tapes[index % tapes.length];
    if (tape === undefined) throw new Error('there are no recorded games');
    const game = engine.newGame(tape.settings);
    for (const key of tape.keys) {
      // asking for the time takes as long as a fifth of a key
      if (keys % 64 === 0 && processorMs() - begin >= ms) return keys;
      keys += 1;
      if (!game.step(key)) break;
    }
    game.dispose();
  }
}

async function beginning(
  warm: boolean,
  modules?: EngineModules,
): Promise<{ engine: Engine; found: Beginning }> {
  const tapes = recordedTapes();
  const start = performance.now();
  const engine = await Engine.load(modules);
  const loaded = performance.now();
  if (warm) engine.warmUp();
  const warmed = performance.now();
  const [first] = tapes;
  if (first !== undefined) engine.newGame(first.settings).dispose();
  const begun = performance.now();
  const firstSecond = playFor(engine, tapes, 1000);
  playFor(engine, tapes, PLAY_MS);
  const atLast = playFor(engine, tapes, 1000);
  const found = {
    ...{ load: loaded - start, warmUp: warm ? warmed - loaded : 0, game: begun - warmed },
    ...{ firstSecond, atLast },
  };
  return { engine, found };
}

async function inThread(modules: EngineModules): Promise<Beginning> {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: modules });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** `cold`, `warm`: a process that warmed up; `thread`: a second thread of a process that plays already. */
type Kind = 'cold' | 'warm' | 'thread';

async function asProcess(kind: Kind): Promise<Beginning> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), kind]);
  return JSON.parse(stdout) as Beginning;
}

const NAMES: Record<Kind, string> = {
  cold: 'cold',
  warm: 'warmed up',
  thread: 'second thread',
};

/** Several processes one after another; medians. */
export async function measureFirstSeconds(): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const kind of ['cold', 'warm', 'thread'] as const) {
    const all: Beginning[] = [];
    for (let i = 0; i < TRIES; i += 1) all.push(await asProcess(kind));
    const of = (value: (one: Beginning) => number): number => median(all.map(value));
    const add = (name: string, value: number, unit: string): void => {
      measures.push({ name: `${NAMES[kind]}: ${name}`, value, unit });
    };
    add(
      'loading the engine',
      of(({ load }) => load),
      'ms',
    );
    if (kind === 'warm')
      add(
        'Engine.warmUp',
        of(({ warmUp }) => warmUp),
        'ms',
      );
    add(
      'first game',
      of(({ game }) => game),
      'ms',
    );
    add(
      'first second / last second',
      of(({ firstSecond, atLast }) => firstSecond / atLast),
      '',
    );
  }
  return measures;
}

async function main(kind: Kind): Promise<void> {
  const { engine, found } = await beginning(kind === 'warm');
  process.stdout.write(JSON.stringify(kind === 'thread' ? await inThread(engine.modules) : found));
}

async function inOtherThread(): Promise<void> {
  const { found } = await beginning(false, workerData as EngineModules);
  parentPort?.postMessage(found);
}

if (process.argv[1] === fileURLToPath(import.meta.url) || !isMainThread)
  await (isMainThread ? main(process.argv[2] as Kind) : inOtherThread());
