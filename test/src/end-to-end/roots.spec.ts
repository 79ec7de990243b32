/** An organiser unpacks an image and offers it as a runtime of its own name; agents are played in it. */
import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EvaluationView } from '@arena/contracts';
import { CHALLENGE_LIMITS, packAgent, readConfig, startArena, type Arena } from '@arena/demo';
import { freePort } from '@arena/persistence/embedded';
import { openTestDatabase, type TestDatabase } from '@arena/persistence/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pythonImage } from '../kit/python-image.ts';

const root = new URL('../../../', import.meta.url).pathname;
const RUNTIME = 'more-python';
/** Plays only where it finds the image's package, and nothing of this machine or to write on; runs a model, too. */
const AGENT = `import os
import arena
import only_here

class Searcher(arena.Agent):
    def __init__(self, context):
        super().__init__(context)
        self.model = arena.onnx.load("policy.onnx")

    def act(self, observation):
        (logits,) = self.model.run({"waiting": observation["misc"][None].astype("float32")}).values()
        assert logits.shape == (1, 121), logits.shape
        assert not os.path.exists("/usr/bin/bwrap") and not os.path.exists("/usr/bin/apt-get")
        assert sorted(os.listdir("/opt")) == ["marker"], os.listdir("/opt")
        for place in ("/", "/opt", "/usr", "/agent"):
            try:
                open(os.path.join(place, "written"), "w")
                raise AssertionError(place)
            except OSError:
                pass
        return only_here.SEARCH
`;

let data: string;
let database: TestDatabase;
let arena: Arena;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'arena-roots-'));
  // Sandboxes have users of their own, which must get to the root.
  await chmod(data, 0o711);
  const image = await pythonImage(data, {
    'usr/lib/python3/dist-packages/only_here.py': 'SEARCH = 75\n',
    'opt/marker': 'x',
  });
  await writeFile(join(data, 'image.tar'), image);
  const unpacked = spawnSync(
    process.execPath,
    [
      ...[join(root, 'apps/cli/dist/main.js'), 'runtime', 'unpack', '--json'],
      ...[join(data, 'image.tar'), join(data, 'root')],
    ],
    { encoding: 'utf8' },
  );
  expect(unpacked.stderr).toMatch(/█ 100 % {2}\d+ of \d+ MiB/);
  expect(JSON.parse(unpacked.stdout)).toMatchObject({ layers: 2 });
  await writeFile(
    join(data, 'roots.json'),
    JSON.stringify({
      [RUNTIME]: { base: 'python', root: join(data, 'root') },
      gone: { base: 'node', root: '/no' },
    }),
  );
  database = await openTestDatabase();
  const config = readConfig({ ...process.env, ARENA_DATA: data }, 'start');
  const inherited = { ...config.inherited, ARENA_RUNTIME_ROOTS: join(data, 'roots.json') };
  arena = await startArena({
    ...{ config: { ...config, inherited }, databaseUrl: database.url },
    ...{ port: await freePort(), watch: false },
  });
  await arena.client.putCompetition('roots', {
    name: 'Roots',
    description: '',
    gamesPerEvaluation: 2,
    limits: { ...CHALLENGE_LIMITS, maxSteps: 20 },
  });
}, 300_000);

afterAll(async () => {
  await arena.services.stop();
  await database.close();
  await rm(data, { recursive: true });
}, 60_000);

async function agent(name: string, runtime: string): Promise<string> {
  const folder = join(data, name);
  await mkdir(folder);
  const about = { name, version: '1', kind: 'symbolic', authors: ['A. Tester'] };
  const manifest = { ...about, runtime, entry: 'agent.py:Searcher', fields: ['misc'] };
  await writeFile(join(folder, 'arena.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'agent.py'), AGENT);
  await copyFile(join(root, 'agents/templates/onnx/policy.onnx'), join(folder, 'policy.onnx'));
  return folder;
}

async function submit(name: string, runtime: string): Promise<string> {
  return (await arena.client.submit('roots', (await packAgent(await agent(name, runtime))).bytes)).id;
}

async function ended(id: string): Promise<{ verdict: string; log: string | null }[]> {
  for (;;) {
    const { evaluation } = await arena.client.submission(id);
    expect(evaluation.reason).toBeNull();
    if (evaluation.state === 'finished') break;
    await delay(50);
  }
  return database.dataSource.query(
    `SELECT g."verdict", g."log" FROM "game" g JOIN "evaluation" e ON e."id" = g."evaluation_id" WHERE e."submission_id" = $1`,
    [id],
  );
}

async function refused(id: string): Promise<EvaluationView> {
  for (;;) {
    const { evaluation } = await arena.client.submission(id);
    expect(evaluation.state).not.toBe('running');
    if (evaluation.state === 'failed') return evaluation;
    await delay(50);
  }
}

describe('a root file system as a runtime', () => {
  it('is offered under its name once its self-test went well; what cannot be one says why', async () => {
    const [worker] = (await arena.client.health()).workers;
    expect(worker?.runtimes).toContain(RUNTIME);
    expect(worker?.missing).toContainEqual({
      runtime: 'gone',
      reason: 'there is no folder /no: make it by arena runtime unpack IMAGE /no',
    });
  });

  it('plays agents that ask for it, in its files alone', async () => {
    const games = await ended(await submit('inside', RUNTIME));
    expect(games.map(({ verdict }) => verdict)).toEqual(['ok', 'ok']);
    expect(await refused(await submit('outside', 'python'))).toMatchObject({
      gamesDone: 0,
      reason: expect.stringMatching(/^Refused before its first game/),
      log: expect.stringMatching(/No module named 'only_here'/),
    });
  }, 120_000);

  it('plays on a participant’s machine, too, with the file that names it', async () => {
    const folder = await agent('at-home', RUNTIME);
    const run = (roots: string | undefined, ...args: string[]): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, [join(root, 'apps/cli/dist/main.js'), ...args], {
        encoding: 'utf8',
        env: { ...process.env, ...(roots === undefined ? {} : { ARENA_RUNTIME_ROOTS: join(data, roots) }) },
      });
    const few = ['--games', '2', '--max-steps', '20', '--json'];
    const played = run('roots.json', 'play', folder, ...few);
    expect([played.status, played.status === 0 ? '' : played.stderr]).toEqual([0, '']);
    const { games } = JSON.parse(played.stdout as string) as { games: { verdict: string }[] };
    expect(games.map(({ verdict }) => verdict)).toEqual(['ok', 'ok']);
    expect(run('roots.json', 'check', folder, '--json').stdout).toMatch(/"failed": 0/);
    expect(run(undefined, 'play', folder, ...few)).toMatchObject({
      ...{
        status: 1,
        stderr: expect.stringMatching(/the runtime more-python is not offered here/) as unknown,
      },
    });
    expect(run('none.json', 'play', folder, ...few)).toMatchObject({
      ...{
        status: 1,
        stderr: expect.stringMatching(/^arena play: ARENA_RUNTIME_ROOTS: .*none\.json: ENOENT/) as unknown,
      },
    });
  }, 120_000);

  it('of a name that no worker knows is refused with those that are', async () => {
    await expect(submit('unknown', 'other-python')).rejects.toThrow(
      /runtime: found "other-python", offered here: .*more-python/,
    );
  });
});
