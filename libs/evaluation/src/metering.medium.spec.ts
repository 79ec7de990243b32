/** What an agent's time is and what it is not: its own haste and leisure, the pipes', the platform's and the neighbours'. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import { FIELDS } from '@arena/engine';
import { validateManifest } from '@arena/protocol';
import { gameSeeds } from '@arena/scoring';
import { createAgentHost, type AgentHost } from './agent-host.ts';
import { GAME_THREAD } from './game-threads.ts';
import { Shard } from './shard.ts';
import type { GameResult } from './specification.ts';

// On a machine with ten times the work that it has processors for.
jest.setTimeout(240_000);

/** Far above what a loaded machine needs: nothing here shall end for its time. */
const LIMITS: Limits = {
  ...{
    maxSteps: 40,
    noProgressSteps: 10_000,
    stepTimeoutMs: 300_000,
    timeBankMs: 600_000,
    startTimeoutMs: 300_000,
  },
  ...{ memoryMiB: 256, processes: 40, outputBytesPerFrame: 4096, tmpMiB: 4 },
};

/** One that speaks the protocol by itself, once the SDK has read the hello. `take` fills a part of the buffer, `give` writes. */
const own = (take: string, give: string): string => `
  import { readSync, writeSync } from 'node:fs';
  const bytes = Buffer.alloc(16 * 2 ** 20);
  const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  function take(from, to) { while (from < to) { ${take} } }
  function give(whole) { ${give} }
  function frameOf(type, payload) {
    const head = Buffer.alloc(5);
    head.writeUInt32LE(payload.length);
    head[4] = type;
    return Buffer.concat([head, payload]);
  }
  writeSync(1, frameOf(129, Buffer.from('{"protocol":1,"sdk":{"name":"own","version":"1"}}')));
  for (;;) {
    for (let at = 0; at < 5; at += readSync(0, bytes, at, 5 - at));
    const length = bytes.readUInt32LE(0), type = bytes[4];
    if (type === 4) process.exit(0);
    take(0, length);
    if (type !== 2) continue;
    const records = bytes.readUInt16LE(4), size = (length - 8) / records;
    const act = Buffer.alloc(4 + 3 * records);
    bytes.copy(act, 0, 0, 4);
    for (let i = 0; i < records; i++) {
      bytes.copy(act, 4 + 3 * i, 8 + i * size, 10 + i * size);
      act[4 + 3 * i + 2] = 115;
    }
    give(frameOf(130, act));
  }`;
const TAKES = 'from += readSync(0, bytes, from, Math.min(to - from, 2 ** 20));';
const GIVES = 'writeSync(1, whole);';

let host: AgentHost;
const folder = mkdtempSync(join(tmpdir(), 'arena-metering-test-'));
beforeEach(() => {
  host = createAgentHost({ uids: { first: 3_966_000, count: 16 } });
});
afterEach(async () => {
  await host.threads.dispose();
  host.stage.dispose();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Milliseconds, of all games of a shard together. */
interface Played {
  billed: number;
  processor: number;
}

interface Setting {
  code: string;
  games?: number;
  fields?: string[];
  maxSteps?: number;
  /** Once the games have begun. */
  begun?: () => void;
}

async function play(setting: Setting): Promise<Played> {
  const { code, games = 1, fields = ['blstats'], maxSteps = LIMITS.maxSteps, begun } = setting;
  const agentFolder = mkdtempSync(join(folder, 'agent-'));
  writeFileSync(join(agentFolder, 'agent.js'), code);
  const results: GameResult[] = [];
  let waiting = games;
  await new Shard({
    host,
    agentFolder,
    manifest: validateManifest({
      ...{ name: 'test', version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
      ...{ fields, gamesAtOnce: games, authors: ['test'] },
    }),
    games: Array.from({ length: games }, (_, i) => ({
      ...{ id: `game ${i}`, seeds: gameSeeds(Buffer.alloc(32, 9), i) },
      ...{ character: '@', options: '', clock: 1_623_758_400 },
    })),
    limits: { ...LIMITS, maxSteps },
    events: {
      started: () => {
        waiting -= 1;
        if (waiting === 0) begun?.();
      },
      finished: (result) => {
        results.push(result);
      },
    },
  }).run();
  expect(results.map(({ verdict, endReason }) => [verdict, endReason])).toEqual(
    Array.from({ length: games }, () => ['ok', 'step_limit']),
  );
  return {
    billed: results.reduce((sum, { agentTimeMs }) => sum + agentTimeMs, 0),
    processor: results.reduce((sum, { cpuTimeMs }) => sum + (cpuTimeMs ?? 0), 0),
  };
}

/** This thread and what it starts keep to these processors, in taskset's words. */
function keepTo(processors: string, thread: number = process.pid): void {
  expect(spawnSync('/usr/bin/taskset', ['-pc', processors, String(thread)]).status).toBe(0);
}

const allowed = /^Cpus_allowed_list:\s+((\d+).*)$/m.exec(readFileSync('/proc/self/status', 'latin1'));
const [, processors = '', oneProcessor = ''] = allowed ?? [];

/** Beside a program that never waits, on one processor. */
async function besideBusyOne<T>(work: () => Promise<T>): Promise<T> {
  const program = 'require("fs").writeSync(1, "."); for (;;);';
  const busy = spawn('/usr/bin/taskset', ['-c', oneProcessor, process.execPath, '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(busy.stdout, 'data');
    return await work();
  } finally {
    const ended = once(busy, 'exit');
    busy.kill('SIGKILL');
    await ended;
  }
}

/** Of this process, those that play games. */
const gameThreads = (): number[] =>
  readdirSync('/proc/self/task')
    .filter((thread) => readFileSync(`/proc/self/task/${thread}/comm`, 'latin1') === `${GAME_THREAD}\n`)
    .map(Number);

/** Milliseconds for which a thread could have run and had no processor, so far. */
const waitedBy = (thread: number): number =>
  Number(readFileSync(`/proc/self/task/${thread}/schedstat`, 'latin1').split(' ')[1]) / 1e6;

/** Of a test that needs the machine to come in time: each takes some seconds. */
const MOST_ROUNDS = 12;

interface Starving {
  /** Milliseconds for which the thread waited while it starved. */
  end: () => number;
}

/**
 * A thread gets a seventieth of {@link oneProcessor} until it has waited for so many milliseconds: on a machine with other
 * work it would else come to the end of its game after minutes.
 */
function starve(thread: number, enoughMs: number): Starving {
  keepTo(oneProcessor, thread);
  setPriority(thread, 19);
  const before = waitedBy(thread);
  const feed = setInterval(() => {
    if (waitedBy(thread) - before < enoughMs) return;
    clearInterval(feed);
    keepTo(processors, thread);
    setPriority(thread, 0);
  }, 20);
  return {
    end: () => {
      clearInterval(feed);
      return waitedBy(thread) - before;
    },
  };
}

describe('what an agent is billed', () => {
  it('is what it leaves in its pipe, and not that frames of megabytes take their time', async () => {
    // 150 kB a game: 9.6 MB a frame, through a pipe of 1 MiB at most.
    const fields = FIELDS.map(({ name }) => name).filter(
      (name) => !['program_state', 'internal', 'misc'].includes(name),
    );
    expect(fields).toHaveLength(14);
    const big = { games: 64, fields, maxSteps: 10 };
    const prompt = await play({ ...big, code: own(TAKES, GIVES) });
    const slow = await play({ ...big, code: own(`${TAKES} sleep(40);`, GIVES) });
    const slept = 10 * Math.ceil(9.6e6 / 2 ** 20) * 40;
    expect(slow.billed).toBeGreaterThan(0.9 * slept);
    // 24 ms on an idle machine.
    expect(prompt.billed).toBeLessThan(slow.billed / 4);
    expect(slow.processor).toBeLessThan(slow.billed / 4);
  });

  it('is the time it takes to write its answer, whatever it does in it', async () => {
    const one = 'for (const byte of whole) { writeSync(1, Buffer.of(byte)); sleep(4); }';
    const { billed, processor } = await play({ code: own(TAKES, one) });
    // Twelve bytes, and eleven pauses before the last of them.
    expect(billed).toBeGreaterThan(0.9 * LIMITS.maxSteps * 11 * 4);
    expect(processor).toBeLessThan(billed / 2);
  });

  it('is not the time for which the platform itself has no processor to go on', async () => {
    // Its first answer takes long, so that the others come after what `begun` does.
    const firstMs = 1000;
    const code = `export function createAgent() { return { act({ step }) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, step === 0 ? ${firstMs} : 5); return 115; } }; }`;
    const enoughMs = 2000;
    let waited = 0;
    let billed = 0;
    // On a machine so busy that it came late, what is billed was mostly played before: once more.
    for (let round = 0; waited < enoughMs && round < MOST_ROUNDS; round++) {
      let starving: Starving | undefined;
      // Other files of tests that ran in this process may have left theirs.
      const others = new Set(gameThreads());
      const played = await besideBusyOne(() =>
        play({
          code,
          begun: () => {
            const [thread] = gameThreads().filter((one) => !others.has(one));
            if (thread !== undefined) starving = starve(thread, enoughMs);
          },
        }),
      );
      waited = starving?.end() ?? 0;
      billed = played.billed - firstMs;
      // The next one has a thread of its own.
      await host.threads.dispose();
    }
    expect(waited).toBeGreaterThanOrEqual(enoughMs);
    // 0.1 s of 4 s here; 2.5 s if it were billed.
    expect(billed).toBeLessThan(waited / 3);
  });

  it('is what it waits for a processor that a neighbour has, and its processor time beside tells so', async () => {
    // Long, since who has slept runs before the others for some milliseconds.
    const workMs = 100;
    const maxSteps = 6;
    const works = `
      const used = () => { const { user, system } = process.cpuUsage(); return user + system; };
      export function createAgent() { return { act() {
        for (const end = used() + ${workMs * 1000}; used() < end;);
        return 115; } }; }`;
    const worked = maxSteps * workMs;
    keepTo(oneProcessor);
    try {
      // 1.9 on an idle machine, and 1.0 always if it were not billed. Where both processors have much other work, what waits is the
      // platform itself, too, whose time is nobody's: 1.17 once in a whole run of the tests. Then once more.
      let billed = 0;
      for (let round = 0; billed <= 1.2 * worked && round < MOST_ROUNDS; round++) {
        const played = await besideBusyOne(() => play({ code: works, maxSteps }));
        expect(played.processor).toBeGreaterThan(0.9 * worked);
        expect(played.processor).toBeLessThan(2 * worked);
        ({ billed } = played);
      }
      expect(billed).toBeGreaterThan(1.2 * worked);
    } finally {
      keepTo(processors);
    }
  });
});
