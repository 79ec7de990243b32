import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gameSeeds } from '@arena/scoring';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import { Shard, createAgentHost, type AgentHost, type GameResult, type ShardReport } from '@arena/evaluation';
import { parseManifest } from '@arena/protocol';
import { builtAgent, dropBuilt } from '../kit/built-agent.ts';

const AGENTS = fileURLToPath(new URL('../../agents/', import.meta.url));
const ROOT = Buffer.alloc(32, 42);
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

interface Expectation {
  verdict: string;
  reason?: string;
  /** The participant's own words, from standard error. */
  log?: string;
  /** Of the first game. */
  steps?: number;
  limits?: Partial<Limits>;
}

let host: AgentHost;

async function play(
  folder: string,
  options: { games: number; limits?: Partial<Limits>; gamesAtOnce?: number; from?: number },
): Promise<{ results: GameResult[]; report: ShardReport }> {
  const results: GameResult[] = [];
  const manifest = parseManifest(readFileSync(`${folder}/arena.json`));
  const report = await new Shard({
    host,
    agentFolder: folder,
    manifest: { ...manifest, gamesAtOnce: options.gamesAtOnce ?? manifest.gamesAtOnce },
    games: Array.from({ length: options.games }, (_, i) => ({
      id: `game ${i}`,
      seeds: gameSeeds(ROOT, i),
      character: '@',
      options: '',
      clock: 1_623_758_400,
    })),
    limits: { ...LIMITS, ...options.limits },
    events: {
      finished: (result) => {
        results.push(result);
      },
    },
  }).run();
  results.sort((a, b) => a.id.localeCompare(b.id));
  return { results, report };
}

/** What a game was, without how long it took. */
const essence = (results: readonly GameResult[]): unknown =>
  results.map(({ id, verdict, score, turns, steps, character, deepestLevel, tape }) => ({
    ...{ id, verdict, score, turns, steps, character, deepestLevel },
    tape: Buffer.from(tape?.keys ?? []).toString('hex'),
  }));

/** Living processes whose parent is this one and that are sandboxes. */
function sandboxes(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const [, command, state, parent] =
          /^\d+ \((.*)\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
        if (state === 'Z') return false;
        const uid = Number(/^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
        return (
          (command === 'bwrap' && Number(parent) === process.pid) || (uid >= 3_950_000 && uid < 3_950_016)
        );
      } catch {
        return false;
      }
    });
}

describe('an agent that', () => {
  const modes = readdirSync(`${AGENTS}broken`);
  let alone: unknown;

  beforeAll(async () => {
    host = createAgentHost({ uids: { first: 3_950_000, count: 16 } });
    alone = essence((await play(`${AGENTS}steady`, { games: 4, limits: { maxSteps: 300 } })).results);
  });
  afterAll(() => {
    host.stage.dispose();
    dropBuilt();
  });

  it('misbehaves in each way is here', () => {
    expect(modes.length).toBeGreaterThan(70);
  });

  it.each(modes)('%s gets what it earned, and its neighbour what it would have had alone', async (mode) => {
    const own = `${AGENTS}broken/${mode}`;
    const isBuilt = ['agent.c', 'model.json'].some((file) => existsSync(`${own}/${file}`));
    const folder = isBuilt ? builtAgent(own) : own;
    const expected = JSON.parse(readFileSync(`${folder}/expect.json`, 'utf8')) as Expectation;
    await host.threads.dispose();
    const descriptors = readdirSync('/proc/self/fd').length;
    const [broken, neighbour] = await Promise.all([
      play(folder, { games: 3, ...(expected.limits ? { limits: expected.limits } : {}) }),
      play(`${AGENTS}steady`, { games: 4, limits: { maxSteps: 300, stepTimeoutMs: 20_000 } }),
    ]);
    expect(broken.results.map(({ verdict }) => verdict)).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(new RegExp(`^(${expected.verdict})$`))),
    );
    for (const { verdictReason, endReason, log, verdict } of broken.results) {
      if (verdict === 'ok') expect([verdictReason, endReason]).toEqual([null, 'step_limit']);
      else expect(verdictReason).toMatch(new RegExp(expected.reason ?? 'a reason is to be expected'));
      if (expected.log !== undefined) expect(log).toMatch(new RegExp(expected.log));
    }
    if (expected.steps !== undefined) expect(broken.results[0]?.steps).toBe(expected.steps);
    for (const { steps, tape } of broken.results) expect(tape?.keys.length).toBeGreaterThanOrEqual(steps);
    expect(essence(neighbour.results)).toEqual(alone);
    expect(sandboxes()).toEqual([]);
    await host.threads.dispose();
    expect(readdirSync('/proc/self/fd').length).toBe(descriptors);
  });
});
