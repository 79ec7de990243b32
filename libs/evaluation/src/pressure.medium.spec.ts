/** What ran out of time while the worker itself had no processor is nobody's score, and what ran out of time otherwise is. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import { validateManifest } from '@arena/protocol';
import { gameSeeds } from '@arena/scoring';
import { createAgentHost, type AgentHost } from './agent-host.ts';
import { PlatformError } from './errors.ts';
import { Shard } from './shard.ts';
import type { GameResult } from './specification.ts';
import { underPressure } from './testing/pressure.ts';

const LIMITS: Limits = {
  ...{
    maxSteps: 100,
    noProgressSteps: 10_000,
    stepTimeoutMs: 2000,
    timeBankMs: 60_000,
    startTimeoutMs: 60_000,
  },
  ...{ memoryMiB: 256, processes: 40, outputBytesPerFrame: 4096, tmpMiB: 4 },
};
/** Is slow in each answer, and hangs in its third. */
const slow = (ms: number, hangs: boolean): string => `
  export function createAgent() { return { act({ step }) {
    if (${hangs} && step === 2) for (;;);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${ms});
    return 115; } }; }`;

let host: AgentHost;
let folder: string;
beforeAll(() => {
  host = createAgentHost({ uids: { first: 3_967_000, count: 16 } });
  folder = mkdtempSync(join(tmpdir(), 'arena-pressure-test-'));
});
afterAll(() => {
  host.stage.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function play(code: string, limits: Partial<Limits> = {}): Promise<GameResult[]> {
  const agentFolder = mkdtempSync(join(folder, 'agent-'));
  writeFileSync(join(agentFolder, 'agent.js'), code);
  const results: GameResult[] = [];
  await new Shard({
    host,
    agentFolder,
    manifest: validateManifest({
      ...{ name: 'test', version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
      ...{ fields: ['blstats'], gamesAtOnce: 1, authors: ['test'] },
    }),
    games: [0, 1].map((i) => ({
      ...{ id: `game ${i}`, seeds: gameSeeds(Buffer.alloc(32, 9), i) },
      ...{ character: '@', options: '', clock: 1_623_758_400 },
    })),
    limits: { ...LIMITS, ...limits },
    events: {
      finished: (result) => {
        results.push(result);
      },
    },
  }).run();
  return results;
}

/** What was found once this machine had the time to find it. */
async function undisturbed(work: () => Promise<GameResult[]>): Promise<GameResult[]> {
  for (;;) {
    try {
      const results = await work();
      if (results.every(({ verdict }) => verdict !== 'sandbox_error')) return results;
    } catch (error) {
      if (!(error instanceof PlatformError && error.message.includes('short of processor time'))) throw error;
    }
  }
}

describe('an agent that does not answer', () => {
  it('has its verdict', async () => {
    const results = await undisturbed(() => play(slow(0, true)));
    expect(results.map(({ verdict, steps }) => [verdict, steps])).toEqual([
      ['step_timeout', 2],
      ['step_timeout', 2],
    ]);
  });

  it('is not scored, and its games are to be played again, while the worker has no processor', async () => {
    const playing = underPressure(() => play(slow(0, true)));
    await expect(playing).rejects.toThrow(PlatformError);
    await expect(playing).rejects.toThrow(/^an agent ran out of time while this worker was short of/);
  });
});

describe('a game whose time bank is empty', () => {
  const limits = { timeBankMs: 600 };

  it('has its verdict', async () => {
    const results = await undisturbed(() => play(slow(30, false), limits));
    expect(results.map(({ verdict }) => verdict)).toEqual(['time_bank', 'time_bank']);
  });

  it('is not scored while the worker has no processor, and the agent plays on', async () => {
    const results = await underPressure(() => play(slow(30, false), limits));
    for (const result of results) {
      expect(result).toMatchObject({ verdict: 'sandbox_error', score: 0, steps: 0 });
      expect(result.verdictReason).toMatch(/^an agent ran out of time while this worker was short of/);
    }
    expect(results).toHaveLength(2);
  });
});
