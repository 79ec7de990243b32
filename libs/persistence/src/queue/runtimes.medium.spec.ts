import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHANNELS } from '@arena/contracts';
import { PgBoss } from 'pg-boss';
import { Listener } from '../database/listener.ts';
import { CompetitionRepository } from '../repositories/competitions.ts';
import { SubmissionRepository } from '../repositories/submissions.ts';
import { sweep } from '../repositories/sweep.ts';
import { WorkerRepository } from '../repositories/workers.ts';
import {
  competitionSettings,
  newSubmission,
  openTestDatabase,
  workerCard,
  type TestDatabase,
} from '../testing/index.ts';
import type { ShardQueue } from './shard-queue.ts';

let database: TestDatabase;
let queue: ShardQueue;
let submissions: SubmissionRepository;

beforeEach(async () => {
  database = await openTestDatabase();
  queue = await database.queue();
  submissions = new SubmissionRepository(database.dataSource, queue);
  await new CompetitionRepository(database.dataSource).put(
    'test',
    competitionSettings({ gamesPerEvaluation: 20 }),
  );
});
afterEach(() => database.close());

async function submit(runtime: string): Promise<string> {
  return (await submissions.create(newSubmission('test', { runtime }))) ?? '';
}

/** Takes shards with one more process, and resolves with the first so many: `runtime from`. */
async function take(runtimes: string[], count: number): Promise<{ taken: string[]; queue: ShardQueue }> {
  const worker = await database.queue();
  const taken: string[] = [];
  await new Promise<void>((resolve) => {
    void worker.work(runtimes, 1, ({ job }) => {
      taken.push(`${job.runtime} ${job.from}`);
      if (taken.length === count) resolve();
      return Promise.resolve();
    });
  });
  return { taken, queue: worker };
}

/** A shard's end is written after its handler is through. */
async function allDone(): Promise<void> {
  for (;;) {
    const { shardsWaiting, shardsActive } = await queue.counts();
    if (shardsWaiting + shardsActive === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('shards of several runtimes', () => {
  it('are taken by workers that offer theirs, and wait for such a one', async () => {
    await submit('python');
    await submit('node');
    const first = await take(['node'], 2);
    expect(first.taken).toEqual(['node 0', 'node 16']);
    // It waits and would be woken by any shard: those of Python stay where they are.
    await submit('python');
    expect(await queue.counts()).toMatchObject({ shardsWaiting: 4 });
    expect((await take(['onnx', 'python'], 4)).taken).toEqual([
      'python 0',
      'python 0',
      'python 16',
      'python 16',
    ]);
    expect(first.taken).toHaveLength(2);
    await allDone();
  });

  it('are served in turn, whatever their runtime', async () => {
    for (const runtime of ['python', 'node', 'my-torch']) await submit(runtime);
    expect((await take(['node', 'my-torch', 'python'], 6)).taken).toEqual([
      ...['python 0', 'node 0', 'my-torch 0', 'python 16', 'node 16', 'my-torch 16'],
    ]);
  });

  it('make room only for those that the worker can take', async () => {
    await submit('node');
    await submit('python');
    const ask = async (runtimes: string[]): Promise<boolean> => {
      await sweep(database.dataSource, queue);
      const worker = await database.queue();
      const answer = await new Promise<boolean>((resolve, reject) => {
        void worker.work(runtimes, 1, ({ job }) => worker.othersWait(job).then(resolve, reject));
      });
      await worker.close();
      return answer;
    };
    expect(await ask(['node'])).toBe(false);
    expect(await ask(['node', 'python'])).toBe(true);
  });

  it('that an earlier version enqueued in one queue are not lost', async () => {
    await submit('python');
    await database.dataSource.query('DELETE FROM pgboss.job');
    const earlier = new PgBoss({ connectionString: database.url, schema: 'pgboss' });
    await earlier.start();
    await earlier.createQueue('shards');
    await earlier.send('shards', { from: 0 });
    await earlier.stop();
    const today = await database.queue();
    expect(await today.counts()).toEqual({ shardsWaiting: 0, shardsActive: 0 });
    await sweep(database.dataSource, today);
    expect(await today.counts()).toEqual({ shardsWaiting: 2, shardsActive: 0 });
  });

  it('tell the worker whose lease was taken away', async () => {
    await submit('node');
    const worker = await database.queue();
    await new Promise<void>((resolve) => {
      void worker.work(['node'], 1, async ({ id, lost }) => {
        const told = new Promise<void>((done) => {
          lost.addEventListener('abort', () => {
            done();
          });
        });
        await database.dataSource.query(`UPDATE pgboss.job SET state = 'cancelled' WHERE id = $1`, [id]);
        await told;
        resolve();
      });
    });
  }, 30_000);
});

describe('an evaluation whose runtime no worker offers', () => {
  const obstacle = async (id: string): Promise<string | null | undefined> =>
    (await submissions.find(id))?.evaluation.obstacle;

  it('says so for as long as it is so', async () => {
    const id = await submit('python');
    const workers = new WorkerRepository(database.dataSource);
    expect(await obstacle(id)).toMatch(/^No worker is running at present/);
    const [node, python] = [workerCard({ runtimes: ['node'] }), workerCard({ runtimes: ['node', 'python'] })];
    await workers.register(node);
    expect(await obstacle(id)).toMatch(
      /^No worker at present offers the runtime python; offered are: node\. The games wait, and begin by themselves/,
    );
    await workers.register(python);
    expect(await obstacle(id)).toBeNull();
    await workers.stop(python.id);
    expect(await obstacle(id)).toMatch(/^No worker at present offers/);
    await workers.beat(python.id);
    expect(await obstacle(id)).toBeNull();
    await database.dataSource.query(
      `UPDATE "worker" SET "last_seen" = now() - interval '1 minute' WHERE "id" = $1`,
      [python.id],
    );
    expect(await obstacle(id)).toMatch(/^No worker at present offers/);
  });

  it('is told anew whenever a worker that matters comes or goes', async () => {
    const heard: string[] = [];
    const listener = new Listener({
      url: database.url,
      channels: [CHANNELS.notices, 'done'],
      onNotification: (channel, payload) => {
        heard.push(
          channel === 'done' ? 'done' : (JSON.parse(payload) as { submissionId: string }).submissionId,
        );
      },
      onConnected: () => undefined,
      onLost: (error) => {
        throw error;
      },
    });
    /** Notices come in the order of their commits: this one is the last. */
    const after = async (work: () => Promise<unknown>): Promise<string[]> => {
      heard.length = 0;
      await work();
      await database.dataSource.query(`SELECT pg_notify('done', '')`);
      while (!heard.includes('done')) await new Promise((resolve) => setTimeout(resolve, 5));
      return heard.slice(0, -1).sort();
    };
    const [first, second] = [await submit('python'), await submit('node')];
    await listener.open();
    const workers = new WorkerRepository(database.dataSource);
    const [node, both] = [workerCard({ runtimes: ['node'] }), workerCard({ runtimes: ['node', 'python'] })];
    // The words for both change: no worker, and none for Python.
    expect(await after(() => workers.register(node))).toEqual([first, second].sort());
    expect(await after(() => workers.register(both))).toEqual([first]);
    expect(await after(() => workers.beat(both.id))).toEqual([]);
    expect(await after(() => workers.stop(both.id))).toEqual([first]);
    expect(await after(() => workers.beat(both.id))).toEqual([first]);
    await database.dataSource.query(`UPDATE "worker" SET "last_seen" = now() - interval '1 minute'`);
    expect(await after(() => sweep(database.dataSource, queue))).toEqual([first, second].sort());
    await listener.close();
  });
});

describe('workers', () => {
  it('tell what they offer and why not more', async () => {
    const workers = new WorkerRepository(database.dataSource);
    await workers.register(
      workerCard({ runtimes: ['node'], missingRuntimes: { python: 'its self-test failed: no numpy' } }),
    );
    expect(await workers.alive()).toMatchObject([
      { runtimes: ['node'], missing: [{ runtime: 'python', reason: 'its self-test failed: no numpy' }] },
    ]);
  });

  it('make runtimes known by offering them, or by trying to', async () => {
    const workers = new WorkerRepository(database.dataSource);
    expect(await workers.knownRuntimes()).toEqual([]);
    await workers.register(
      workerCard({ runtimes: ['node', 'my-torch'], missingRuntimes: { 'my-jax': 'gone' } }),
    );
    expect(await workers.knownRuntimes()).toEqual(['my-jax', 'my-torch', 'node']);
    await database.dataSource.query(`UPDATE "worker" SET "last_seen" = now() - interval '31 days'`);
    expect(await workers.knownRuntimes()).toEqual([]);
  });
});
