/** A process that is lost and not by its agent's doing: the next one goes on with its games, and nobody gains by it. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import { validateManifest } from '@arena/protocol';
import { gameSeeds } from '@arena/scoring';
import { createAgentHost, type AgentHost } from './agent-host.ts';
import { Shard } from './shard.ts';
import type { AgentFailure, GameResult, ShardReport } from './specification.ts';

const UIDS = { first: 3_968_000, count: 16 };
const LIMITS: Limits = {
  ...{
    maxSteps: 150,
    noProgressSteps: 10_000,
    stepTimeoutMs: 60_000,
    timeBankMs: 600_000,
    startTimeoutMs: 60_000,
  },
  ...{ memoryMiB: 256, processes: 40, outputBytesPerFrame: 4096, tmpMiB: 4 },
};

/** Its keys follow from all that it sees, the seed of its game and that of its process; `wait` is done before each answer. */
const steady = (wait: string): string => `
  export function createAgent({ actions, seed: own }) {
    const seeds = [];
    return {
      reset(slot, { seed }) { seeds[slot] = seed ^ own; },
      act({ slot, step, blstats, tty_chars }) {
        ${wait}
        let mixed = seeds[slot] ^ Math.imul(step + 1, 0x9e3779b1);
        for (const figure of blstats) mixed = Math.imul(mixed ^ figure, 0x01000193);
        for (const letter of tty_chars) mixed = Math.imul(mixed ^ letter, 0x01000193);
        return actions[(mixed >>> 8) % 16].key;
      },
    };
  }`;
const pause = (ms: number): string => `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${ms});`;

let host: AgentHost;
let folder: string;
beforeAll(() => {
  host = createAgentHost({ uids: UIDS });
  folder = mkdtempSync(join(tmpdir(), 'arena-resume-test-'));
});
afterAll(async () => {
  await host.threads.dispose();
  host.stage.dispose();
  rmSync(folder, { recursive: true, force: true });
});

interface Played {
  results: GameResult[];
  failures: AgentFailure[];
  report: ShardReport;
}

interface Setting {
  games: number;
  gamesAtOnce: number;
  limits?: Partial<Limits>;
}

async function play(code: string, { games, gamesAtOnce, limits }: Setting): Promise<Played> {
  const agentFolder = mkdtempSync(join(folder, 'agent-'));
  writeFileSync(join(agentFolder, 'agent.js'), code);
  const results: GameResult[] = [];
  const failures: AgentFailure[] = [];
  const report = await new Shard({
    host,
    agentFolder,
    manifest: validateManifest({
      ...{ name: 'test', version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
      ...{ fields: ['blstats', 'tty_chars'], gamesAtOnce, authors: ['test'] },
    }),
    games: Array.from({ length: games }, (_, i) => ({
      ...{ id: `game ${i}`, seeds: gameSeeds(Buffer.alloc(32, 9), i) },
      ...{ character: '@', options: '', clock: 1_623_758_400 },
    })),
    limits: { ...LIMITS, ...limits },
    events: {
      finished: (result) => {
        results.push(result);
      },
      failed: (failure) => {
        failures.push(failure);
      },
    },
  }).run();
  results.sort((a, b) => a.id.localeCompare(b.id));
  return { results, failures, report };
}

const essence = (results: readonly GameResult[]): unknown[] =>
  results.map(({ id, verdict, score, turns, steps, character, endReason, tape }) => ({
    ...{ id, verdict, score, turns, steps, character, endReason },
    tape: Buffer.from(tape?.keys ?? []).toString('hex'),
  }));

/** The processes of the sandboxes of this file that run Node. */
function agents(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const uid = Number(/^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
        if (uid < UIDS.first || uid >= UIDS.first + UIDS.count) return false;
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('/runtime/node');
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe('a process that somebody kills', () => {
  it('is followed by one that goes on: ten times kill -9 change no key and no score', async () => {
    const setting = { games: 12, gamesAtOnce: 4 };
    const sound = await play(steady(''), setting);
    let killed = 0;
    const over = new AbortController();
    const operator = (async () => {
      while (!over.signal.aborted && killed < 10) {
        await delay(150);
        for (const pid of agents()) {
          try {
            process.kill(pid, 'SIGKILL');
            killed += 1;
          } catch {
            // It had ended.
          }
        }
      }
    })();
    const { results, failures, report } = await play(steady(pause(4)), setting);
    over.abort();
    await operator;
    expect(killed).toBeGreaterThanOrEqual(10);
    expect(report.processes).toBeGreaterThan(10);
    expect(failures).toEqual([]);
    expect(essence(results)).toEqual(essence(sound.results));
  });
});

describe('an agent that kills itself', () => {
  const dice = `import { randomBytes } from 'node:crypto';
    export function createAgent() { return { act({ step }) {
      if (step === 5) process.kill(process.pid, 'SIGKILL');
      return 'hjklyubn'.charCodeAt(randomBytes(1)[0] % 8); } }; }`;

  it('keeps the keys that it has played, ends as killed in the end, and is charged once', async () => {
    const { results, failures, report } = await play(dice, { games: 2, gamesAtOnce: 1 });
    expect(results.map(({ verdict, steps }) => [verdict, steps])).toEqual([
      ['killed', 5],
      ['killed', 5],
    ]);
    expect(results[0]?.verdictReason).toMatch(/killed by SIGKILL .*as were the 16 before it/);
    expect(failures).toHaveLength(2);
    expect(report.processes).toBe(2 * 17);
  });

  it('takes back none of its keys by failing while it sees them again', async () => {
    // The second process hangs up at step 2 of 5; the game ends with all five.
    const code = `import { existsSync } from 'node:fs';
      let last = -1;
      export function createAgent({ seed }) { return { act({ step, blstats }) {
        if (step === 2 && globalThis.dies) process.exit(3);
        if (step === 5) { process.kill(process.pid, 'SIGKILL'); }
        return 115; } }; }`;
    // Told apart by the clock: the first begins in this second, the next ones after it.
    const until = Date.now() + 3000;
    const timed = code
      .replace('globalThis.dies', `Date.now() >= ${until}`)
      .replace('if (step === 5)', `if (step === 5) while (Date.now() < ${until}); if (step === 5)`);
    const { results } = await play(timed, { games: 1, gamesAtOnce: 1 });
    expect(results.map(({ verdict, steps }) => [verdict, steps])).toEqual([['crashed', 5]]);
    expect(results[0]?.tape?.keys.slice(-5)).toEqual(new Uint8Array(5).fill(115));
  });

  it('gains no time to think: what is thought again counts where it takes longer than before', async () => {
    const code = `export function createAgent() { return { act({ step }) {
      ${pause(40)}
      if (step === 5) process.kill(process.pid, 'SIGKILL');
      return 115; } }; }`;
    const { results } = await play(code, { games: 1, gamesAtOnce: 1 });
    expect(results[0]?.agentTimeMs).toBeGreaterThan(200);
    const slower = code.replace('40', 'Math.max(0, Date.now() % 3) * 0 + 150');
    const bank = await play(slower, { games: 1, gamesAtOnce: 1, limits: { timeBankMs: 500 } });
    expect(bank.results.map(({ verdict }) => verdict)).toEqual(['time_bank']);
  });
});
