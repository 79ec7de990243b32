/** Limits that end one game while its process plays on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAgentHost } from './agent-host.ts';
import { CURIOUS, games, playShard, type Bench } from './testing/shards.ts';

let bench: Bench;
beforeAll(() => {
  bench = {
    host: createAgentHost({ uids: { first: 3_961_000, count: 16 } }),
    folder: mkdtempSync(join(tmpdir(), 'arena-limits-test-')),
  };
});
afterAll(async () => {
  await bench.host.threads.dispose();
  bench.host.stage.dispose();
  rmSync(bench.folder, { recursive: true, force: true });
});

describe('limits of one game', () => {
  const SLOW = `export function createAgent() { return { act() { const end = Date.now() + 30; while (Date.now() < end); return 115; } }; }`;

  it('end it once it has lasted too long, and the process plays on', async () => {
    const limits = { maxSteps: 1000, wallMs: 1500 };
    const { results, report } = await playShard(bench, { code: SLOW, games: games(2), limits });
    for (const result of results) {
      expect(result).toMatchObject({
        verdict: 'time_bank',
        verdictReason: 'the game had lasted for the 1.5 s that one may last in all',
      });
      expect(result.steps).toBeGreaterThan(2);
      expect(result.steps).toBeLessThanOrEqual(50);
    }
    expect(report.processes).toBe(1);
  });

  it('end it once it has written too much in all, its share of what is written for several', async () => {
    const limits = { maxSteps: 1000, outputBytesPerGame: 1000 };
    const alone = await playShard(bench, { code: CURIOUS, games: games(2), limits });
    for (const result of alone.results) {
      expect(result).toMatchObject({
        verdict: 'output_limit',
        verdictReason: expect.stringMatching(
          /^the agent wrote 10\d\d bytes on standard output for one game; the limit is 1000$/,
        ),
      });
      expect(result.log).toContain('actions');
    }
    expect(alone.report.processes).toBe(1);
    const beside = await playShard(bench, { code: CURIOUS, games: games(2), gamesAtOnce: 2, limits });
    // A frame's header is shared.
    expect(beside.results[0]?.steps).toBeGreaterThan(alone.results[0]?.steps ?? Infinity);
  });

  it('hold the files that a process may have open, and say so', async () => {
    const code = `import { openSync } from 'node:fs';
      export function createAgent() { return { act() { for (;;) openSync('/dev/null'); } }; }`;
    const [result] = (await playShard(bench, { code, games: games(1), limits: { openFiles: 80 } })).results;
    expect(result).toMatchObject({
      verdict: 'crashed',
      verdictReason: expect.stringMatching(/EMFILE.*; a process may have 80 files open$/),
    });
  });

  it("tell the agent's processor time in each game", async () => {
    const code = `export function createAgent() {
      const burn = (ms) => { const end = process.cpuUsage().user + ms * 1000; while (process.cpuUsage().user < end); };
      let episode = 0;
      return { reset() { episode += 1; }, act() { burn(episode === 1 ? 40 : 4); return 115; } };
    }`;
    const { results } = await playShard(bench, { code, games: games(2), limits: { maxSteps: 20 } });
    const [first, second] = results.map(({ cpuTimeMs }) => cpuTimeMs ?? 0);
    expect(first).toBeGreaterThan(700);
    expect(second).toBeGreaterThan(40);
    expect(second).toBeLessThan((first ?? 0) / 2);
  });
});
