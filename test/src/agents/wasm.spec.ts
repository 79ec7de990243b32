import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import { createAgentHost, type AgentHost, type GameResult } from '@arena/evaluation';
import { parseManifest } from '@arena/protocol';
import { builtAgent, dropBuilt } from '../kit/built-agent.ts';
import { playShard } from '../kit/play-shard.ts';

const TEMPLATES = fileURLToPath(new URL('../../../agents/templates/', import.meta.url));
const LIMITS: Limits = {
  maxSteps: 400,
  noProgressSteps: 10_000,
  stepTimeoutMs: 20_000,
  timeBankMs: 60_000,
  startTimeoutMs: 20_000,
  memoryMiB: 256,
  processes: 40,
  outputBytesPerFrame: 4096,
  tmpMiB: 4,
};

let host: AgentHost;
beforeAll(() => {
  host = createAgentHost({ uids: { first: 3_941_000, count: 16 } });
});
afterAll(() => {
  host.stage.dispose();
  dropBuilt();
});

async function play(folder: string, gamesAtOnce: number): Promise<{ results: GameResult[]; sdk: string }> {
  const { results, report } = await playShard({
    ...{ host, agentFolder: folder, limits: LIMITS, games: 6, seed: 9 },
    manifest: { ...parseManifest(readFileSync(`${folder}/arena.json`)), gamesAtOnce },
  });
  return { results, sdk: report.sdk?.name ?? '' };
}

/** What a game was, without how long it took. */
const essence = (results: readonly GameResult[]): unknown =>
  results.map(({ verdict, log, score, turns, deepestLevel, tape }) => ({
    ...{ verdict, log, score, turns, deepestLevel },
    keys: Buffer.from(tape?.keys ?? []).toString('latin1'),
  }));

/** Both are the same program in two languages, so they play the same games. */
describe.each(['c', 'assemblyscript'])('the template in %s', (name) => {
  let folder: string;
  let alone: { results: GameResult[]; sdk: string };
  beforeAll(async () => {
    folder = builtAgent(`${TEMPLATES}wasm-${name}`);
    alone = await play(folder, 1);
  });

  it('plays by its own lights through the sandbox', () => {
    expect(alone.results.map(({ verdict, log }) => [verdict, log])).toEqual(
      alone.results.map(() => ['ok', null]),
    );
    expect(Math.max(...alone.results.map(({ turns }) => turns))).toBeGreaterThan(100);
    for (const { tape } of alone.results) expect(new Set(tape?.keys).size).toBeGreaterThan(4);
  });

  it('plays the same games side by side', async () => {
    expect(essence((await play(folder, 4)).results)).toEqual(essence(alone.results));
  });

  it('plays the same games as its twin in the other language', async () => {
    const twin = builtAgent(`${TEMPLATES}wasm-${name === 'c' ? 'assemblyscript' : 'c'}`);
    expect(essence((await play(twin, 6)).results)).toEqual(essence(alone.results));
  });
});

it('the template in AssemblyScript asks for the compiler that it is tested with', () => {
  const wanted = (file: string): unknown =>
    (JSON.parse(readFileSync(file, 'utf8')) as { devDependencies: Record<string, string> }).devDependencies[
      'assemblyscript'
    ];
  expect(wanted(`${TEMPLATES}wasm-assemblyscript/package.json`)).toBe(
    wanted(fileURLToPath(new URL('../../../agents/wasm/package.json', import.meta.url))),
  );
});
