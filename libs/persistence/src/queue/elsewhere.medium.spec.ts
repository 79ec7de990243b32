/** A shard that failed here is left to others, and comes back here where none takes it. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { CompetitionRepository, SubmissionRepository } from '../index.ts';
import { competitionSettings, newSubmission, openTestDatabase, type TestDatabase } from '../testing/index.ts';
import type { ShardQueue } from './shard-queue.ts';

/** The second try is due after two seconds, and each process looks every two. */
const TAKEN_AGAIN_MS = 4500;

let database: TestDatabase;
let here: ShardQueue;
beforeEach(async () => {
  database = await openTestDatabase();
  here = await database.queue();
  await new CompetitionRepository(database.dataSource).put(
    'test',
    competitionSettings({ gamesPerEvaluation: 1 }),
  );
});
afterEach(() => database.close());

/** Submits an agent of one game; here it fails each time, and then is left to others for so long. Told are its tries. */
async function failing(leaveMs: number): Promise<string[]> {
  const tries: string[] = [];
  await here.work(['node'], 1, ({ job, retry }) => {
    tries.push(`here ${retry}`);
    here.leaveToOthers(job.evaluationId, leaveMs);
    return Promise.reject(new Error('no sandbox here'));
  });
  await new SubmissionRepository(database.dataSource, here).create(newSubmission('test'));
  while (tries.length === 0) await delay(20);
  return tries;
}

it('is not taken again by the process that failed, while another may', async () => {
  const tries = await failing(60_000);
  await delay(TAKEN_AGAIN_MS);
  expect(tries).toEqual(['here 0']);
  const elsewhere = await database.queue();
  await elsewhere.work(['node'], 1, ({ retry }) => {
    tries.push(`elsewhere ${retry}`);
    return Promise.resolve();
  });
  while (tries.length < 2) await delay(20);
  expect(tries).toEqual(['here 0', 'elsewhere 1']);
});

it('is taken again by it after that time', async () => {
  const tries = await failing(100);
  while (tries.length < 2) await delay(20);
  expect(tries.slice(0, 2)).toEqual(['here 0', 'here 1']);
});
