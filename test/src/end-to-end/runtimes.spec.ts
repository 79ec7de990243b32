/** A worker takes only what it can run; what nobody can run waits, and says so. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EvaluationView } from '@arena/contracts';
import { CHALLENGE_LIMITS, packAgent, readConfig, startArena, type Arena } from '@arena/demo';
import { freePort } from '@arena/persistence/embedded';
import { openTestDatabase, type TestDatabase } from '@arena/persistence/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = new URL('../../../', import.meta.url).pathname;
const SEARCHER = `import arena

class Searcher(arena.Agent):
    def act(self, observation):
        return 75
`;

let data: string;
let database: TestDatabase;
let arena: Arena;
let inherited: NodeJS.ProcessEnv;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'arena-runtimes-'));
  database = await openTestDatabase();
  const config = readConfig({ ...process.env, ARENA_DATA: data }, 'start');
  ({ inherited } = config);
  const nodeAlone = { ...config, inherited: { ...inherited, ARENA_RUNTIMES: 'node' } };
  arena = await startArena({
    ...{ config: nodeAlone, databaseUrl: database.url },
    ...{ port: await freePort(), watch: false },
  });
  await arena.client.putCompetition('runtimes', {
    name: 'Runtimes',
    description: '',
    gamesPerEvaluation: 2,
    limits: { ...CHALLENGE_LIMITS, maxSteps: 50 },
  });
}, 120_000);

afterAll(async () => {
  await arena.services.stop();
  await database.close();
  await rm(data, { recursive: true });
}, 60_000);

async function submit(name: string, runtime: string, entry: string, code: string): Promise<string> {
  const folder = join(data, name);
  await mkdir(folder);
  const about = { name, version: '1', kind: 'symbolic', authors: ['A. Tester'] };
  await writeFile(
    join(folder, 'arena.json'),
    JSON.stringify({ ...about, runtime, entry, fields: ['blstats'] }),
  );
  await writeFile(join(folder, entry.split(':')[0] ?? entry), code);
  const submission = await arena.client.submit('runtimes', (await packAgent(folder)).bytes);
  return submission.id;
}

async function until(id: string, what: (evaluation: EvaluationView) => boolean): Promise<EvaluationView> {
  for (;;) {
    const { evaluation } = await arena.client.submission(id);
    if (what(evaluation)) return evaluation;
    await delay(20);
  }
}

describe('an agent whose runtime no worker offers', () => {
  it('waits and says so, others are played meanwhile, and it is played once a worker offers it', async () => {
    const { workers } = await arena.client.health();
    expect(workers).toMatchObject([{ runtimes: ['node'] }]);
    expect(workers[0]?.missing).toContainEqual({
      runtime: 'python',
      reason: 'ARENA_RUNTIMES leaves it out',
    });

    const python = await submit('waits', 'python', 'agent.py:Searcher', SEARCHER);
    const node = await submit(
      'plays',
      'node',
      'agent.js',
      'export const createAgent = () => ({ act: () => 115 });',
    );
    const obstacle = expect.stringMatching(
      /^No worker at present offers the runtime python; offered are: node/,
    );
    expect((await arena.client.submission(python)).evaluation).toMatchObject({ state: 'queued', obstacle });
    await until(node, ({ state }) => state === 'finished');
    // Python's was there first and would have been tried before it.
    expect(await until(python, () => true)).toMatchObject({ state: 'queued', gamesDone: 0, obstacle });

    arena.services.start({
      name: 'worker of Python',
      args: [join(root, 'apps/worker/dist/main.js')],
      env: {
        ...inherited,
        DATABASE_URL: database.url,
        ARENA_RUNTIMES: 'python',
        ARENA_CACHE_DIR: join(data, 'second'),
      },
    });
    await until(python, (evaluation) => evaluation.obstacle === null);
    const done = await until(python, ({ state }) => state === 'finished' || state === 'failed');
    expect(done).toMatchObject({ state: 'finished', gamesDone: 2, obstacle: null, reason: null });
    const games = await database.dataSource.query<{ attempt: number; verdict: string }[]>(
      `SELECT g."attempt", g."verdict" FROM "game" g JOIN "evaluation" e ON e."id" = g."evaluation_id" WHERE e."submission_id" = $1`,
      [python],
    );
    expect(games).toEqual([
      { attempt: 1, verdict: 'ok' },
      { attempt: 1, verdict: 'ok' },
    ]);
  }, 180_000);
});
