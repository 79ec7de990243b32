/** Shards of small agents in JavaScript, for tests. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Limits } from '@arena/contracts';
import { validateManifest } from '@arena/protocol';
import { gameSeeds } from '@arena/scoring';
import type { AgentHost } from '../agent-host.ts';
import { Shard } from '../shard.ts';
import type { GameResult, GameSpecification, ShardEvents, ShardReport } from '../specification.ts';

/** Nothing in a test shall reach these. */
export const LIMITS: Limits = {
  maxSteps: 200,
  noProgressSteps: 10_000,
  stepTimeoutMs: 20_000,
  timeBankMs: 60_000,
  startTimeoutMs: 20_000,
  memoryMiB: 256,
  processes: 40,
  outputBytesPerFrame: 4096,
  tmpMiB: 4,
};

/** Its keys follow from what it sees and the game's seed; `seen` is checked against what was said at hello. */
export const CURIOUS = `
  export function createAgent({ actions, fields, seed, limits, gamesAtOnce }) {
    const seeds = [];
    console.error(JSON.stringify({ actions: actions.length, fields: fields.map((f) => f.name), limits, gamesAtOnce }));
    return {
      reset(slot, info) { seeds[slot] = info.seed; },
      act({ slot, step, blstats, tty_chars }) {
        let mixed = seeds[slot] ^ Math.imul(step + 1, 0x9e3779b1);
        for (const figure of blstats) mixed = Math.imul(mixed ^ figure, 0x01000193);
        for (const letter of tty_chars) mixed = Math.imul(mixed ^ letter, 0x01000193);
        return actions[(mixed >>> 8) % (step % 5 === 0 ? 121 : 16)].key;
      },
      gameOver(over) { console.error('over', JSON.stringify(over)); },
    };
  }`;

export const games = (count: number, from = 0): GameSpecification[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `game ${from + i}`,
    seeds: gameSeeds(Buffer.alloc(32, 9), from + i),
    character: '@',
    options: '',
    clock: 1_623_758_400,
  }));

export interface ShardOptions {
  code: string;
  games: GameSpecification[];
  gamesAtOnce?: number;
  /** Others than the usual ones, which nothing in a test shall reach. */
  limits?: Partial<Limits>;
  events?: ShardEvents;
}

/** Where shards of a test are played: `folder` takes the agents' files. */
export interface Bench {
  host: AgentHost;
  folder: string;
}

/** A shard that has not begun, and its results as they come. */
export function prepareShard(
  { host, folder }: Bench,
  { code, games, gamesAtOnce = 1, limits, events }: ShardOptions,
): { shard: Shard; results: GameResult[] } {
  const agentFolder = mkdtempSync(join(folder, 'agent-'));
  mkdirSync(join(agentFolder, 'src'));
  writeFileSync(join(agentFolder, 'src', 'agent.js'), code);
  const results: GameResult[] = [];
  const shard = new Shard({
    host,
    agentFolder,
    manifest: validateManifest({
      name: 'test',
      version: '1',
      kind: 'symbolic',
      runtime: 'node',
      entry: 'src/agent.js',
      fields: ['blstats', 'tty_chars'],
      gamesAtOnce,
      authors: ['test'],
    }),
    games,
    limits: { ...LIMITS, ...limits },
    events: {
      ...events,
      finished: (result) => {
        results.push(result);
        events?.finished?.(result);
      },
    },
  });
  return { shard, results };
}

/** Plays it; the results are in the order of the games, whatever ended first. */
export async function playShard(
  bench: Bench,
  options: ShardOptions,
): Promise<{ results: GameResult[]; report: ShardReport }> {
  const { shard, results } = prepareShard(bench, options);
  const report = await shard.run();
  return { results: results.sort((a, b) => a.id.localeCompare(b.id)), report };
}
