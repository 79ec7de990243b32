import type { Engine } from '../engine.ts';
import type { Finding } from './finding.ts';
import { fuzzGame } from './game.ts';
import { planGame } from './plan.ts';

export interface FuzzReport {
  readonly seed: number;
  readonly keys: number;
  readonly games: number;
  readonly branches: number;
  /** How games ended; `KEYS USED UP` for those that were still going on. */
  readonly ends: Readonly<Record<string, number>>;
  /** Most linear memory that a game held, in bytes. */
  readonly mostBytes: number;
  /** The process's memory after each tenth of the keys, in bytes. */
  readonly hostMemory: readonly number[];
  readonly findings: readonly Finding[];
}

export interface FuzzOptions {
  readonly seed: number;
  readonly keys: number;
  /** Told after each game. */
  readonly onProgress?: (keys: number, findings: number) => void;
  /** Bytes the process holds once garbage is collected. */
  readonly measure?: () => number;
}

/** More than V8 needs for its compiled code and its heap's wavering; one game's leaked memory in ten would pass it. */
const GROWTH_LIMIT = 64 * 1024 * 1024;

/** The most that 47 games with 40,000 keys held is 3.3 MiB; 256 KiB lost in a thousand keys would pass it in a long game. */
const GAME_LIMIT = 6 * 1024 * 1024;

/** A game that holds more memory than any should. */
function tooLarge(index: number, keys: number, bytes: number): Finding[] {
  if (bytes <= GAME_LIMIT) return [];
  const mebibytes = (bytes / 1048576).toFixed(1);
  const message = `game ${String(index)} held ${mebibytes} MiB after ${String(keys)} keys`;
  return [{ kind: 'growth', message, game: null }];
}

/** Memory that grows in the second half of a run, when caches and compiled code are long there. */
function growth(memory: readonly number[]): Finding[] {
  const middle = memory[Math.floor(memory.length / 2)];
  const last = memory.at(-1);
  if (memory.length < 10 || middle === undefined || last === undefined) return [];
  if (last - middle < GROWTH_LIMIT) return [];
  const mebibytes = (bytes: number): string => String(Math.round(bytes / 1048576));
  const message = `the process held ${mebibytes(middle)} MiB half-way and ${mebibytes(last)} MiB at the end`;
  return [{ kind: 'growth', message, game: null }];
}

/** Plays random games until so many keys were given; all games but the last are played whole. */
export function fuzz(engine: Engine, options: FuzzOptions): FuzzReport {
  const { seed, onProgress, measure } = options;
  const ends: Record<string, number> = {};
  const findings: Finding[] = [];
  const hostMemory: number[] = [];
  let keys = 0;
  let games = 0;
  let branches = 0;
  let mostBytes = 0;
  while (keys < options.keys) {
    const played = fuzzGame(engine, planGame(seed, games), seed, options.keys - keys);
    games += 1;
    keys += played.keys;
    branches += played.branches;
    mostBytes = Math.max(mostBytes, played.bytes);
    const end = played.end ?? 'KEYS USED UP';
    ends[end] = (ends[end] ?? 0) + 1;
    findings.push(...played.findings, ...tooLarge(games - 1, played.keys, played.bytes));
    onProgress?.(keys, findings.length);
    while (measure !== undefined && keys >= (options.keys * (hostMemory.length + 1)) / 10)
      hostMemory.push(measure());
  }
  findings.push(...growth(hostMemory));
  return { seed, keys, games, branches, ends, mostBytes, hostMemory, findings };
}
