/** What uses up a shard's six tries, and what does not. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CompetitionRepository,
  EvaluationRepository,
  PlayRepository,
  SubmissionRepository,
  UncountedFailure,
  sweep,
} from '../index.ts';
import { competitionSettings, newSubmission, openTestDatabase, type TestDatabase } from '../testing/index.ts';
import { LEASES, TRIES } from './failures.ts';
import type { LeasedShard } from './jobs.ts';
import type { ShardHandler } from './lease.ts';
import type { ShardQueue } from './shard-queue.ts';

let database: TestDatabase;
let queue: ShardQueue;
let submission: string;
let leases: LeasedShard[];
beforeEach(async () => {
  database = await openTestDatabase();
  queue = await database.queue();
  leases = [];
  await new CompetitionRepository(database.dataSource).put(
    'test',
    competitionSettings({ gamesPerEvaluation: 1 }),
  );
  submission =
    (await new SubmissionRepository(database.dataSource, queue).create(newSubmission('test'))) ?? '';
});
afterEach(() => database.close());

/** Has the evaluation's one shard taken, again and again. */
async function work(handler: ShardHandler): Promise<void> {
  await queue.work(['node'], 1, (leased) => {
    leases.push(leased);
    return handler(leased);
  });
}

/** Sweeps, and makes the next lease due at once, until `done`. */
async function hurryUntil(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) {
    await sweep(database.dataSource, queue);
    await database.dataSource.query(`UPDATE pgboss.job SET "start_after" = now() WHERE "state" = 'retry'`);
    queue.pause(false);
    await delay(20);
  }
}

const evaluation = async () =>
  (await new SubmissionRepository(database.dataSource, queue).find(submission))?.evaluation;
const isFailed = async (): Promise<boolean> => (await evaluation())?.state === 'failed';

describe('six tries', () => {
  it('are used up by six faults of the platform, and a seventh lease is not given', async () => {
    await work(() => Promise.reject(new Error('no sandbox here')));
    await hurryUntil(isFailed);
    expect(leases.map(({ retry, job }) => [retry, job.faults ?? 0])).toEqual(
      [0, 1, 2, 3, 4, 5].map((each) => [each, each]),
    );
    expect((await evaluation())?.reason).toMatch(
      /^The platform could not play games 1 to 1 in 6 tries \(no sandbox here\)\. This is not the agent's fault/,
    );
  });

  it('are all there after twelve failures that are not counted', async () => {
    await work(({ retry }) =>
      Promise.reject(
        retry < 12 ? new UncountedFailure(new Error('the disk is full')) : new Error('no sandbox here'),
      ),
    );
    await hurryUntil(isFailed);
    expect(leases).toHaveLength(12 + TRIES);
    // Nor did they use up what is left for workers that are killed.
    const [dead] = await database.dataSource.query<{ retry_count: number; limit: number }[]>(
      `SELECT "retry_count", "retry_limit" AS "limit" FROM pgboss.job WHERE "name" = 'shards/node'`,
    );
    expect(dead).toEqual({ retry_count: 17, limit: 17 });
    expect((await evaluation())?.reason).toContain('in 6 tries (no sandbox here)');
  });

  it('stay used up where a worker that stops hands the shard back', async () => {
    const plays = new PlayRepository(database.dataSource, queue);
    await work(async (leased) => {
      if (leases.length % 2 === 0) await plays.handBack(leased);
      else throw new Error('no sandbox here');
    });
    await hurryUntil(isFailed);
    expect(leases.map(({ job }) => job.faults ?? 0)).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
  });

  it('are there anew for an evaluation that an organiser has played again', async () => {
    await work(() => Promise.reject(new Error('no sandbox here')));
    await hurryUntil(isFailed);
    await new EvaluationRepository(database.dataSource, queue).retry(submission);
    await hurryUntil(isFailed);
    expect(leases).toHaveLength(2 * TRIES);
  });

  it('lose none by a worker that is killed, which has a limit of its own', async () => {
    const forgotten = (): Promise<unknown> =>
      database.dataSource.query(
        `UPDATE pgboss.job SET "heartbeat_on" = now() - interval '1 hour' WHERE "state" = 'active'`,
      );
    // As one that was killed: it says nothing, and its heart does not beat.
    await work(async ({ lost }) => {
      await once(lost, 'abort');
    });
    await hurryUntil(() => leases.length === 1);
    await hurryUntil(async () => (await forgotten(), leases.length === 2));
    expect(leases[1]).toMatchObject({ retry: 1 });
    expect(leases[1]?.job.faults).toBeUndefined();
    await database.dataSource.query(`UPDATE pgboss.job SET "retry_count" = $1 WHERE "state" = 'active'`, [
      LEASES - 1,
    ]);
    await hurryUntil(async () => (await forgotten(), await isFailed()));
    expect((await evaluation())?.reason).toMatch(
      /could not play games 1 to 1 though it began them 56 times: .*lost.* \(the worker that had them was killed, or lost the database\)/,
    );
  });
});
