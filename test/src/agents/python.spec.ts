import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gameSeeds } from '@arena/scoring';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import {
  Shard,
  createAgentHost,
  selfTest,
  type AgentHost,
  type GameResult,
  type ShardReport,
} from '@arena/evaluation';
import { RUNTIMES, readManifest } from '@arena/protocol';

const AGENTS = fileURLToPath(new URL('../../agents/', import.meta.url));
const SDK = fileURLToPath(new URL('../../../agents/python/', import.meta.url));
const PILOT = fileURLToPath(new URL('../../../agents/baselines/pilot/', import.meta.url));
const LIMITS: Limits = {
  maxSteps: 300,
  noProgressSteps: 10_000,
  stepTimeoutMs: 20_000,
  timeBankMs: 60_000,
  startTimeoutMs: 20_000,
  memoryMiB: 256,
  processes: 8,
  outputBytesPerFrame: 4096,
  tmpMiB: 4,
};

let host: AgentHost;
beforeAll(() => {
  host = createAgentHost({ uids: { first: 3_940_000, count: 16 } });
});
afterAll(() => {
  host.stage.dispose();
});

async function play(
  name: string,
  games: number,
  change: { gamesAtOnce?: number; limits?: Partial<Limits> } = {},
): Promise<{ results: GameResult[]; report: ShardReport }> {
  const folder = join(AGENTS, name);
  const file = existsSync(join(folder, 'arena.json')) ? 'arena.json' : 'aicrowd.json';
  const config = join(folder, 'submission_config.py');
  const manifest = readManifest(
    {
      name: file,
      bytes: readFileSync(join(folder, file)),
      config: existsSync(config) ? readFileSync(config) : null,
    },
    (path) => existsSync(join(folder, path)),
  );
  const results: GameResult[] = [];
  const report = await new Shard({
    host,
    agentFolder: folder,
    manifest: { ...manifest, gamesAtOnce: change.gamesAtOnce ?? manifest.gamesAtOnce },
    games: Array.from({ length: games }, (_, i) => ({
      id: `game ${i}`,
      seeds: gameSeeds(Buffer.alloc(32, 3), i),
      character: '@',
      options: '',
      clock: 1_623_758_400,
    })),
    limits: { ...LIMITS, ...change.limits },
    events: {
      finished: (result) => {
        results.push(result);
      },
    },
  }).run();
  return { results: results.sort((a, b) => a.id.localeCompare(b.id)), report };
}

const essence = (results: readonly GameResult[]): unknown =>
  results.map(({ id, verdict, score, turns, steps, endReason, tape }) => ({
    ...{ id, verdict, score, turns, steps, endReason },
    keys: Buffer.from(tape?.keys ?? []).toString('hex'),
  }));

describe('an agent in Python', () => {
  it('plays the same games alone and beside others', async () => {
    const one = await play('patient-python', 5);
    expect(one.results.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 5 }, () => 'ok'));
    expect(one.report.sdk?.name).toBe('nethack-arena-python');
    const three = await play('patient-python', 5, { gamesAtOnce: 3 });
    expect(essence(three.results)).toEqual(essence(one.results));
    const last = one.results[4];
    expect(one.report.log).toContain(
      `over GameOver(slot=0, episode=4, reason='${last?.endReason ?? ''}', score=${last?.score ?? ''}, turns=${last?.turns ?? ''}, steps=${last?.steps ?? ''}, ascended=False)`,
    );
  });

  it('in NLE’s style, with gym and a loop of its own, runs as it is', async () => {
    const { results, report } = await play('nle-style', 4, { limits: { maxSteps: 500 } });
    expect(results.map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(report.processes).toBe(1);
    // Its own sums of rewards are the scores; it takes fewer steps than keys, since the environment leaves prompts itself.
    const told = [...report.log.matchAll(/^episode \d+: (\d+) steps, (-?\d+) points$/gm)];
    expect(told.map(([, , points]) => Number(points))).toEqual(results.map(({ score }) => score));
    told.forEach(([, steps], i) => {
      expect(Number(steps)).toBeLessThanOrEqual(results[i]?.steps ?? 0);
      expect(Number(steps)).toBeGreaterThan(100);
    });
  });

  it('of 2021, with its aicrowd.json, its number of environments and their wrappers, runs as it is', async () => {
    const { results, report } = await play('batched-2021', 24, { limits: { processes: 32 } });
    expect(new Set(results.map(({ verdict }) => verdict))).toEqual(new Set(['ok']));
    expect(report.processes).toBe(1);
    expect(report.log).toMatch(/^warning: aicrowd\.json: gpu is ignored: .*\n/);
    // The games whose end was followed by an answer; at the last the platform says stop.
    const told = [...report.log.matchAll(/^game over after (\d+) steps with (-?\d+) points, -?1$/gm)];
    expect(told.length).toBeGreaterThanOrEqual(8);
    const sums = results.map(({ steps, score }) => `${steps} ${score}`);
    for (const [, steps = '', points = ''] of told) expect(sums).toContain(`${steps} ${points}`);
  });

  it('of 2021 may have wrappers that skip and end episodes by themselves', async () => {
    const { results, report } = await play('wrapped-2021', 6, { limits: { maxSteps: 100 } });
    expect(new Set(results.map(({ verdict }) => verdict))).toEqual(new Set(['ok']));
    expect(report.processes).toBe(1);
    // Those that take one key a step are left by their wrapper after 30, the others end by the limit of keys before.
    expect(new Set(results.map(({ endReason }) => endReason))).toEqual(new Set(['game_over', 'step_limit']));
    const lines = report.log.split('\n');
    expect(lines[0]).toBe(
      'warning: submission_config.py: SubmissionConfig.SEED has no effect; known are AGENT, NUM_ENVIRONMENTS, MAKE_ENV_FN',
    );
    expect(
      lines.filter((line) => /took more steps of the game than others beside it/.test(line)),
    ).toHaveLength(1);
    expect(report.log).toMatch(/^place \d over at its call \d+, turn 1 follows$/m);
  });

  it('of 2021 is the same game whatever is played beside it', async () => {
    const alone = await play('batched-2021', 3, { gamesAtOnce: 1 });
    const beside = await play('batched-2021', 3, { gamesAtOnce: 48, limits: { processes: 64 } });
    expect(essence(beside.results)).toEqual(essence(alone.results));
    expect(alone.report.log).toMatch(/NUM_ENVIRONMENTS is 16, and 1 are played at once/);
  });

  it('of 2021 unpacks 26 blstats, and reads its score on the last screen', async () => {
    const { results, report } = await play('screen-2021', 3, { gamesAtOnce: 1 });
    expect(results.map(({ verdict, endReason }) => [verdict, endReason])).toEqual(
      results.map(() => ['ok', 'game_over']),
    );
    const told = [...report.log.matchAll(/^status line (-?\d+) at turn (\d+), last screen (\d+)$/gm)];
    expect(told.map(([, , turn]) => Number(turn) >= 30)).toEqual([true, true, true]);
    expect(told.map(([, score]) => Number(score))).toEqual(results.map(({ score }) => score));
    expect(told.map(([, , , points]) => points)).toEqual(results.map(({ xlogfile }) => xlogfile?.['points']));
  });

  it('of 2021 that raises after a game loses none', async () => {
    const { results, report } = await play('raises-2021', 5, { gamesAtOnce: 1, limits: { maxSteps: 20 } });
    expect(results.map(({ verdict, steps }) => [verdict, steps])).toEqual(results.map(() => ['ok', 20]));
    // Each process plays two games and falls over; the next one plays on.
    expect(report.processes).toBe(3);
  });

  it('that plays one episode and ends is run again for the next', async () => {
    const { results, report } = await play('one-episode', 3, { limits: { maxSteps: 60 } });
    expect(results.map(({ verdict, steps }) => [verdict, steps])).toEqual([
      ['ok', 60],
      ['ok', 60],
      ['ok', 60],
    ]);
    expect(report.processes).toBe(1);
    const [told, seeds, ...lines] = report.log.trim().split('\n');
    expect(told).toMatch(/^not in "fields" of arena.json, and so not observed: glyphs, /);
    expect(seeds).toMatch(/^evaluated: the platform chooses the seeds/);
    expect(lines).toEqual(Array.from({ length: 3 }, () => 'terminated False truncated True status -1'));
  });

  it('may loop over games side by side', async () => {
    const { results, report } = await play('vector-loop', 7, { limits: { maxSteps: 40 } });
    expect(results.map(({ verdict, steps }) => [verdict, steps])).toEqual(
      Array.from({ length: 7 }, () => ['ok', 40]),
    );
    expect(report.log).toBe('finished 3\nfinished 6\n');
  });
});

describe('runtimes', () => {
  it('pass their self-tests', async () => {
    expect(await selfTest(host)).toEqual([...RUNTIMES]);
    expect(host.runtimes.map(({ description }) => description)).toEqual([
      expect.stringMatching(/^Node 24\.[^,]*, ONNX Runtime \d/),
      expect.stringMatching(/^Python 3\.\d+\.\d+, numpy \d.*, ONNX Runtime \d/),
      expect.stringMatching(/^ONNX Runtime \d.*, Node /),
      expect.stringMatching(/^WASI preview 1, Node 24\./),
    ]);
  });

  it('that fail are not offered, and say why', async () => {
    const sdkFolder = mkdtempSync(join(tmpdir(), 'arena-no-sdk-'));
    try {
      spawnSync('/usr/bin/cp', ['-r', join(SDK, '../node'), join(SDK, '../python'), sdkFolder]);
      writeFileSync(join(sdkFolder, 'python/arena/agent.py'), 'raise ImportError("broken")\n');
      rmSync(join(sdkFolder, 'node/dist'), { recursive: true });
      const poor = createAgentHost({ sdkFolder, uids: { first: 3_940_100, count: 4 } });
      expect(await selfTest(poor)).toEqual([]);
      expect(() => poor.runtime('node')).toThrow(
        /the runtime node is not offered here: the SDK is not built/,
      );
      expect(() => poor.runtime('python')).toThrow(
        /not offered here: its self-test failed: .*exit code 1.*ImportError: broken/,
      );
      poor.stage.dispose();
    } finally {
      rmSync(sdkFolder, { recursive: true });
    }
  });
});

describe.each([
  ['the Python package', SDK],
  ['the baseline pilot', PILOT],
])('%s', (_name, cwd) => {
  /** Names of test cases, as unittest prints them with -v. */
  const ran = spawnSync(
    '/usr/bin/python3',
    ['-W', 'error', '-m', 'unittest', 'discover', '-v', '-s', 'tests', '-t', '.'],
    {
      cwd,
      encoding: 'utf8',
      env: { PYTHONDONTWRITEBYTECODE: '1', PATH: '/usr/bin:/bin' },
      timeout: 300_000,
    },
  );
  const cases = [
    ...ran.stderr.matchAll(/^(test_\w+) \(([\w.]+)\)(?:\n.*)? \.\.\. (ok|FAIL|ERROR|skipped.*)$/gm),
  ];

  it('has tests, and no other fault', () => {
    expect(cases.length).toBeGreaterThan(40);
    expect([ran.status, ran.signal, ran.status === 0 ? '' : ran.stderr]).toEqual([0, null, '']);
  });

  const told = cases.map(([, name = '', place = '', outcome = '']) => [
    place.replace(/^tests\./, ''),
    name,
    outcome,
  ]);
  /** The one reason to pass a case over: what it tests with is not on this machine. */
  const missing = /^skipped '(\w+ is not installed)'$/;

  it.each(told.filter(([, , outcome = '']) => !missing.test(outcome)))('%s: %s', (_place, _name, outcome) => {
    expect(outcome).toBe('ok');
  });

  // No package of Debian's brings the real gymnasium: its tests run where somebody has installed it, and are told of elsewhere.
  const passedOver = told.filter(([, , outcome = '']) => missing.test(outcome));
  if (passedOver.length > 0) {
    const names = passedOver.map(([place, name, outcome]) => `  ${place}: ${name} (${outcome})`);
    process.stderr.write(`not run here, since what they test with is not installed:\n${names.join('\n')}\n`);
  }
});
