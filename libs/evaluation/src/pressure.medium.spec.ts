/** Who pays for time while the platform has much to do, and while it does not run at all. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import { validateManifest } from '@arena/protocol';
import { gameSeeds } from '@arena/scoring';
import { createAgentHost, type AgentHost } from './agent-host.ts';
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
afterAll(async () => {
  await host.threads.dispose();
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

/** Stops this process, as an operator or a machine that sleeps does, for `stoppedMs` of each second that `work` takes. */
async function whileStoppedAgainAndAgain<T>(stoppedMs: number, work: () => Promise<T>): Promise<T> {
  const [stopped, running] = [stoppedMs / 1000, (1000 - stoppedMs) / 1000];
  const program = `while kill -STOP ${process.pid}; do sleep ${stopped}; kill -CONT ${process.pid}; sleep ${running}; done`;
  const operator = spawn('/bin/bash', ['-c', program], { stdio: 'ignore' });
  try {
    return await work();
  } finally {
    // This runs, so the operator sleeps, and is not between its two signals for most of a second.
    const ended = once(operator, 'exit');
    operator.kill('SIGKILL');
    await ended;
  }
}

const verdicts = (results: readonly GameResult[]): unknown[] =>
  results.map(({ verdict, steps }) => [verdict, steps]);

describe('an agent that does not answer', () => {
  it('has its verdict, and on a platform whose main thread hardly runs, too', async () => {
    const expected = [
      ['step_timeout', 2],
      ['step_timeout', 2],
    ];
    expect(verdicts(await play(slow(0, true)))).toEqual(expected);
    expect(verdicts(await underPressure(() => play(slow(0, true))))).toEqual(expected);
  });

  it('has it, if later, where the platform is stopped again and again', async () => {
    const hangs = (): Promise<GameResult[]> => play(slow(0, true), { stepTimeoutMs: 300 });
    expect(verdicts(await whileStoppedAgainAndAgain(500, hangs))).toEqual([
      ['step_timeout', 2],
      ['step_timeout', 2],
    ]);
  });
});

describe('a game whose time bank is empty', () => {
  const limits = { timeBankMs: 600 };

  it('has its verdict, and on a platform whose main thread hardly runs, too', async () => {
    for (const under of [<T>(work: () => Promise<T>) => work(), underPressure]) {
      const results = await under(() => play(slow(30, false), limits));
      expect(results.map(({ verdict }) => verdict)).toEqual(['time_bank', 'time_bank']);
    }
  });
});

it('time for which the platform was stopped is not charged, and ends no game', async () => {
  // Answers come within 0.1 s, and are read up to 0.7 s later.
  const setting = { maxSteps: 20, stepTimeoutMs: 500 };
  const results = await whileStoppedAgainAndAgain(700, () => play(slow(100, false), setting));
  expect(verdicts(results)).toEqual([
    ['ok', 20],
    ['ok', 20],
  ]);
  for (const { agentTimeMs, startedAt, finishedAt } of results) {
    const lastedMs = finishedAt.getTime() - startedAt.getTime();
    // What it takes is 2 s of thinking, of which a part is thought while nobody looks. Without, all of the 5 s would be charged.
    expect(lastedMs).toBeGreaterThan(3000);
    expect(agentTimeMs).toBeLessThan(0.6 * lastedMs);
  }
});
