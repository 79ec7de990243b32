/** What the machine's load may change of a game, which is nothing, and of what an agent is charged. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import { validateManifest } from '@arena/protocol';
import { gameSeeds } from '@arena/scoring';
import { createAgentHost, type AgentHost } from './agent-host.ts';
import { Shard } from './shard.ts';
import type { GameResult } from './specification.ts';

/** Ten times what a loaded machine needs: the load alone shall end no game. */
const LIMITS: Limits = {
  maxSteps: 150,
  noProgressSteps: 10_000,
  stepTimeoutMs: 60_000,
  timeBankMs: 600_000,
  startTimeoutMs: 60_000,
  memoryMiB: 256,
  processes: 40,
  outputBytesPerFrame: 4096,
  tmpMiB: 4,
};
const GAMES = 32;

/** Its keys follow from all that it sees, its seed and the step; `wait` is done before each answer. */
const agent = (wait = ''): string => `
  export function createAgent({ actions }) {
    const seeds = [];
    return {
      reset(slot, { seed }) { seeds[slot] = seed; },
      act({ slot, step, blstats, tty_chars }) {
        ${wait}
        let mixed = seeds[slot] ^ Math.imul(step + 1, 0x9e3779b1);
        for (const figure of blstats) mixed = Math.imul(mixed ^ figure, 0x01000193);
        for (const letter of tty_chars) mixed = Math.imul(mixed ^ letter, 0x01000193);
        return actions[(mixed >>> 8) % 16].key;
      },
    };
  }`;

let host: AgentHost;
let folder: string;
beforeAll(() => {
  host = createAgentHost({ uids: { first: 3_965_000, count: 16 } });
  folder = mkdtempSync(join(tmpdir(), 'arena-load-test-'));
});
afterAll(() => {
  host.stage.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function play(code: string, games: number, maxSteps = LIMITS.maxSteps): Promise<GameResult[]> {
  const agentFolder = mkdtempSync(join(folder, 'agent-'));
  writeFileSync(join(agentFolder, 'agent.js'), code);
  const results: GameResult[] = [];
  await new Shard({
    host,
    agentFolder,
    manifest: validateManifest({
      ...{ name: 'test', version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
      ...{ fields: ['blstats', 'tty_chars'], gamesAtOnce: 8, authors: ['test'] },
    }),
    games: Array.from({ length: games }, (_, i) => ({
      ...{ id: `game ${i}`, seeds: gameSeeds(Buffer.alloc(32, 9), i) },
      ...{ character: '@', options: '', clock: 1_623_758_400 },
    })),
    limits: { ...LIMITS, maxSteps },
    events: {
      finished: (result) => {
        results.push(result);
      },
    },
  }).run();
  return results.sort((a, b) => a.id.localeCompare(b.id));
}

/** With two programs that never wait for each processor. */
async function besideBusyOnes<T>(work: () => Promise<T>): Promise<T> {
  const busy = Array.from({ length: 2 * availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  try {
    return await work();
  } finally {
    for (const child of busy) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
  }
}

const essence = (results: readonly GameResult[]): unknown[] =>
  results.map(({ id, verdict, score, turns, steps, character, endReason, tape }) => ({
    ...{ id, verdict, score, turns, steps, character, endReason },
    tape: Buffer.from(tape?.keys ?? []).toString('hex'),
  }));

const sum = (results: readonly GameResult[], of: 'agentTimeMs' | 'cpuTimeMs'): number =>
  results.reduce((total, result) => total + (result[of] ?? 0), 0);

describe('under load', () => {
  it(`the same agent with the same seeds plays the same ${GAMES} games, byte for byte`, async () => {
    const idle = essence(await play(agent(), GAMES));
    const loaded = essence(await besideBusyOnes(() => play(agent(), GAMES)));
    expect(idle).toHaveLength(GAMES);
    // Games that were all alike would show nothing.
    expect(new Set(idle.map((game) => (game as { tape: string }).tape)).size).toBe(GAMES);
    expect(loaded).toEqual(idle);
  });

  it('an agent is charged for the time it takes to answer, which its processor time beside it tells from work', async () => {
    const steps = 20;
    const waitMs = 50;
    const wait = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${waitMs});`;
    const prompt = await play(agent(), 1, steps);
    const slow = await play(agent(wait), 1, steps);
    expect(essence(slow)).toEqual(essence(prompt));
    expect(sum(slow, 'agentTimeMs')).toBeGreaterThan(0.9 * steps * waitMs);
    expect(sum(slow, 'agentTimeMs') - sum(prompt, 'agentTimeMs')).toBeGreaterThan(0.5 * steps * waitMs);
    expect(sum(slow, 'cpuTimeMs')).toBeGreaterThan(0);
    expect(sum(slow, 'cpuTimeMs')).toBeLessThan(sum(slow, 'agentTimeMs'));
  });
});
