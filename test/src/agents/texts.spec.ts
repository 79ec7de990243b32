import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import { createAgentHost, type AgentHost, type GameResult } from '@arena/evaluation';
import { parseManifest } from '@arena/protocol';
import { playShard } from '../kit/play-shard.ts';

const AGENTS = fileURLToPath(new URL('../../agents/', import.meta.url));
const LIMITS: Limits = {
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

let host: AgentHost;
beforeAll(() => {
  host = createAgentHost({ uids: { first: 3_942_000, count: 16 } });
});
afterAll(() => {
  host.stage.dispose();
});

async function play(name: string): Promise<GameResult[]> {
  const agentFolder = `${AGENTS}${name}`;
  const manifest = parseManifest(readFileSync(`${agentFolder}/arena.json`));
  const { results } = await playShard({ host, agentFolder, manifest, limits: LIMITS, games: 4, seed: 7 });
  return results;
}

/** The agents end with an error where a text does not fit the figures beside it. */
it('agents that read play the same games by the same words in node and in Python', async () => {
  const [node, python] = await Promise.all([play('reader'), play('reader-python')]);
  expect(node.map(({ verdict, log }) => [verdict, log])).toEqual(node.map(() => ['ok', null]));
  expect(python.map(({ verdict, log }) => [verdict, log])).toEqual(python.map(() => ['ok', null]));
  const keys = (results: readonly GameResult[]): string[] =>
    results.map(({ tape }) => Buffer.from(tape?.keys ?? []).toString('latin1'));
  expect(keys(python)).toEqual(keys(node));
  expect(new Set(keys(node).join('')).size).toBeGreaterThan(4);
});
