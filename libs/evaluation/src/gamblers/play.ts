import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Limits } from '@arena/contracts';
import { validateManifest } from '@arena/protocol';
import { gameSeeds } from '@arena/scoring';
import type { AgentHost } from '../agent-host.ts';
import { Shard } from '../shard.ts';
import type { GameResult, GameSpecification } from '../specification.ts';
import { DISLIKED, LIKED, MEMORY_MIB, STEP_MS, gambler, type Strategy } from './strategies.ts';

const LIMITS: Limits = {
  ...{
    maxSteps: 14,
    noProgressSteps: 1000,
    stepTimeoutMs: STEP_MS,
    timeBankMs: 60_000,
    startTimeoutMs: 30_000,
  },
  ...{ memoryMiB: MEMORY_MIB, processes: 40, outputBytesPerFrame: 4096, tmpMiB: 4 },
};
/** As the queue does with what the platform failed at. */
const TRIES = 6;

/** What a gambler made of its games. */
export interface Gambled {
  games: number;
  /** Scored games whose first key says that their roll was liked, and those that were disliked. */
  liked: number;
  disliked: number;
  /** Games that were told twice, or with other seeds than theirs, and games that were never told. */
  wrong: number;
  /** Games that were not to be scored, and tries that were the platform's fault. */
  faults: number;
  verdicts: Readonly<Record<string, number>>;
}

/** Plays a gambler's games, and again what the platform failed at, as a worker would. */
export async function gamble(host: AgentHost, strategy: Strategy, count: number): Promise<Gambled> {
  const agentFolder = mkdtempSync(join(tmpdir(), 'arena-gambler-'));
  writeFileSync(join(agentFolder, 'agent.js'), gambler(strategy));
  const games = Array.from({ length: count }, (_, i) => gameOf(i, strategy));
  const results: GameResult[] = [];
  let faults = 0;
  try {
    for (let left = games; left.length > 0 && faults < TRIES;) {
      try {
        await play(host, agentFolder, left, results);
      } catch {
        faults += 1;
      }
      left = games.filter(({ id }) => !results.some((result) => result.id === id));
    }
  } finally {
    rmSync(agentFolder, { recursive: true, force: true });
  }
  return { games: count, ...countUp(games, results), faults: faults + unscored(results) };
}

function gameOf(i: number, { keys }: Strategy): GameSpecification {
  return {
    ...{ id: `game ${i}`, seeds: gameSeeds(Buffer.alloc(32, 14), i), character: '@', clock: 1_623_758_400 },
    options: keys === undefined ? '' : 'name:Agent-val-hum-neu-fem,playmode:debug,pettype:none',
  };
}

async function play(
  host: AgentHost,
  agentFolder: string,
  games: readonly GameSpecification[],
  results: GameResult[],
): Promise<void> {
  await new Shard({
    ...{ host, agentFolder, games, limits: LIMITS },
    manifest: validateManifest({
      ...{ name: 'gambler', version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
      ...{ fields: ['blstats'], gamesAtOnce: 1, authors: ['test'] },
    }),
    events: {
      finished: (result) => {
        results.push(result);
      },
    },
  }).run();
}

const unscored = (results: readonly GameResult[]): number =>
  results.filter(({ verdict }) => verdict === 'sandbox_error').length;

function countUp(
  games: readonly GameSpecification[],
  results: readonly GameResult[],
): Pick<Gambled, 'liked' | 'disliked' | 'wrong' | 'verdicts'> {
  const firstKeys = results.map(({ tape, steps }) => (steps === 0 ? null : tape?.keys.at(-steps)));
  const verdicts: Record<string, number> = {};
  for (const { verdict } of results) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  return {
    liked: firstKeys.filter((key) => key === LIKED).length,
    disliked: firstKeys.filter((key) => key === DISLIKED).length,
    wrong: games.filter((game) => !isToldOnce(game, results)).length,
    verdicts,
  };
}

function isToldOnce({ id, seeds }: GameSpecification, results: readonly GameResult[]): boolean {
  const told = results.filter((result) => result.id === id);
  const played = told[0]?.tape?.settings.seeds;
  return told.length === 1 && played?.core === seeds.core && played.disp === seeds.disp;
}

/**
 * The most games of so many that a fair coin shows on one side: four standard deviations above the half, which chance
 * exceeds in one of 30,000 runs.
 */
export function mostByChance(games: number): number {
  return games / 2 + 2 * Math.sqrt(games);
}
