/** Agents that try to get out, to look around, to take more than is theirs, or to cheat; each beside one that plays well. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Limits } from '@arena/contracts';
import { Shard, createAgentHost, type AgentHost, type GameResult, type ShardReport } from '@arena/evaluation';
import { parseManifest, type Manifest } from '@arena/protocol';
import { gameSeeds } from '@arena/scoring';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { manifestOf, prepare, readCases } from './cases.ts';
import { hostState, type HostState } from './host-state.ts';
import { NativeHost } from './native-host.ts';

const UIDS = { first: 3_960_000, count: 16 };
const STEADY = fileURLToPath(new URL('../../agents/steady', import.meta.url));
/** One that this run of the tests listens on, as a program of the host would. */
const SOCKET = join(tmpdir(), 'arena-adversary');
/** Nobody's guess: see the cases that guess seeds. */
const ROOT = createHash('sha256').update('the games of agents that misbehave').digest();
const GUESSED = Buffer.alloc(32, 42);
const LIMITS: Limits = {
  maxSteps: 60,
  noProgressSteps: 10_000,
  stepTimeoutMs: 1000,
  timeBankMs: 60_000,
  startTimeoutMs: 20_000,
  memoryMiB: 192,
  processes: 40,
  outputBytesPerFrame: 4096,
  tmpMiB: 4,
};

let host: AgentHost;
let native: AgentHost;

async function play(
  by: AgentHost,
  folder: string,
  manifest: Manifest,
  games: number,
  limits: Partial<Limits> = {},
  root = ROOT,
): Promise<{ results: GameResult[]; report: ShardReport }> {
  const results: GameResult[] = [];
  const report = await new Shard({
    host: by,
    agentFolder: folder,
    manifest,
    games: Array.from({ length: games }, (_, i) => ({
      id: `game ${i}`,
      seeds: gameSeeds(root, i),
      character: '@',
      options: '',
      clock: 1_623_758_400,
    })),
    limits: { ...LIMITS, ...limits },
    events: {
      finished: (result) => {
        results.push(result);
      },
    },
  }).run();
  results.sort((a, b) => a.id.localeCompare(b.id));
  return { results, report };
}

/** What the neighbour's games were, without how long they took. */
async function neighbour(): Promise<unknown> {
  const manifest = parseManifest(readFileSync(`${STEADY}/arena.json`));
  const { results } = await play(host, STEADY, manifest, 2, { maxSteps: 200, stepTimeoutMs: 20_000 });
  return results.map(({ verdict, score, turns, steps, tape }) => ({
    ...{ verdict, score, turns, steps },
    keys: Buffer.from(tape?.keys ?? []).toString('hex'),
  }));
}

describe('an agent of the kind', () => {
  const cases = readCases();
  let alone: unknown;
  /** Of the host: an abstract name, and a path that exists in every sandbox as another folder. */
  const sockets: Server[] = [];

  beforeAll(async () => {
    process.env['ARENA_SECRET_OF_TESTS'] = 'DATABASE postgres TOKEN';
    host = createAgentHost({ uids: UIDS });
    native = new NativeHost({ sandbox: host.sandbox });
    rmSync(SOCKET, { force: true });
    for (const path of ['\0arena-adversary', SOCKET]) {
      const server = createServer((socket) => socket.destroy()).listen(path);
      await once(server, 'listening');
      sockets.push(server);
    }
    alone = await neighbour();
  });
  afterAll(() => {
    delete process.env['ARENA_SECRET_OF_TESTS'];
    for (const server of sockets) server.close();
    host.stage.dispose();
    native.stage.dispose();
  });

  it('is here, more than a hundred and fifty times', () => {
    expect(cases.length).toBeGreaterThan(150);
  });

  it.each(cases.map((found) => [found.name, found] as const))('%s', async (_name, found) => {
    const { expected } = found;
    if (expected.needs !== undefined && !host.sandbox.description.includes('cgroup')) {
      process.stderr.write(`skipped, since it needs ${expected.needs}: ${found.name}\n`);
      // Whether there are any is known too late for Jest's own skip.
      expect(process.env['ARENA_SKIP_NONE']).not.toBe('1');
      return;
    }
    const folder = prepare(found);
    try {
      // Threads that wait for the next shard have descriptors, too.
      const settled = async (): Promise<HostState> => {
        await Promise.all([host, native].map(({ threads }) => threads.dispose()));
        return hostState(UIDS, folder);
      };
      const before = await settled();
      const [{ results, report }, beside] = await Promise.all([
        play(found.native ? native : host, folder, manifestOf(found), 2, expected.limits),
        neighbour(),
      ]);
      const told = results.map(({ verdict, verdictReason, log }) => ({
        verdict,
        verdictReason,
        log: log ?? report.log,
      }));
      const shown = JSON.stringify(told);
      expect(shown).not.toContain('BREACH');
      for (const { verdict, verdictReason, log } of told) {
        expect([verdict, shown]).toEqual([
          expect.stringMatching(new RegExp(`^(${expected.verdict})$`)),
          shown,
        ]);
        if (verdict !== 'ok')
          expect(verdictReason).toMatch(new RegExp(expected.reason ?? 'a reason is to be expected'));
        if (expected.log !== undefined) expect(log).toMatch(new RegExp(expected.log));
        // Nothing that moves a cursor, whatever an agent writes.
        expect(log).not.toMatch(/[^\P{Cc}\n\t]/u);
      }
      if (expected.steps !== undefined) expect(results[0]?.steps).toBe(expected.steps);
      expect(beside).toEqual(alone);
      expect(await settled()).toEqual(before);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each(['python/guesses-seeds', 'wasm/guesses-seeds'])(
    '%s finds those that can be guessed',
    async (name) => {
      const found = cases.find((one) => one.name === name);
      if (found === undefined) throw new Error(`there is no ${name}`);
      const folder = prepare(found);
      try {
        const { results } = await play(host, folder, manifestOf(found), 2, found.expected.limits, GUESSED);
        expect(results.map(({ log }) => log)).toEqual([0, 1].map(() => expect.stringContaining('BREACH')));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
