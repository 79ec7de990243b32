import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rowsOf } from '../database/transaction.ts';
import type { ShardQueue } from '../queue/shard-queue.ts';
import {
  competitionSettings,
  gameReport,
  LIMITS,
  newSubmission,
  openTestDatabase,
  workerCard,
  type TestDatabase,
} from '../testing/index.ts';
import { CompetitionRepository } from './competitions.ts';
import { EvaluationRepository } from './evaluations.ts';
import { GameRepository } from './games.ts';
import { PlayRepository } from './plays.ts';
import { SubmissionRepository } from './submissions.ts';
import { sweep } from './sweep.ts';
import { WorkerRepository } from './workers.ts';

let database: TestDatabase;
let queue: ShardQueue;
let submissionId: string;
let gameIds: string[];
const GAMES = 40;

beforeEach(async () => {
  database = await openTestDatabase();
  queue = await database.queue();
  await new CompetitionRepository(database.dataSource).put(
    'sweep',
    competitionSettings({ gamesPerEvaluation: GAMES }),
  );
  submissionId =
    (await new SubmissionRepository(database.dataSource, queue).create(newSubmission('sweep'))) ?? '';
  gameIds = ((await new GameRepository(database.dataSource).page(submissionId, 0, 100))?.games ?? []).map(
    ({ id }) => id,
  );
});

afterEach(() => database.close());

describe('the sweep', () => {
  it('changes nothing where all is well', async () => {
    expect(await queue.counts()).toEqual({ shardsWaiting: 3, shardsActive: 0 });
    expect(await sweep(database.dataSource, queue)).toEqual({ lostWorkers: 0, releasedGames: 0, failed: [] });
    expect(await queue.counts()).toEqual({ shardsWaiting: 3, shardsActive: 0 });
  });

  it('puts back the shards that are missing on the queue, and only those with games to play', async () => {
    const worker = workerCard();
    await new WorkerRepository(database.dataSource).register(worker);
    const plays = new PlayRepository(database.dataSource, queue);
    for (const id of gameIds.slice(0, 16)) await plays.report(gameReport(id, worker.id));
    await database.dataSource.query(`DELETE FROM pgboss.job WHERE name = 'shards/node'`);
    await sweep(database.dataSource, queue);
    const jobs = await rowsOf<{ from: number }>(
      database.dataSource,
      `SELECT (data->>'from')::int AS "from" FROM pgboss.job WHERE name = 'shards/node' ORDER BY 1`,
    );
    expect(jobs.map((job) => job.from)).toEqual([16, 32]);
  });

  it('frees the games of a worker that is heard of no more', async () => {
    const [lost, alive] = [workerCard(), workerCard()];
    const workers = new WorkerRepository(database.dataSource);
    const plays = new PlayRepository(database.dataSource, queue);
    await workers.register(lost);
    await workers.register(alive);
    await plays.begin(gameIds[0] as string, lost.id);
    await plays.begin(gameIds[1] as string, alive.id);
    await database.dataSource.query(
      `UPDATE "worker" SET "last_seen" = now() - interval '1 minute' WHERE "id" = $1`,
      [lost.id],
    );
    expect(await sweep(database.dataSource, queue)).toEqual({ lostWorkers: 1, releasedGames: 1, failed: [] });
    expect((await workers.alive()).map((worker) => worker.id)).toEqual([alive.id]);
    const states = (await new GameRepository(database.dataSource).page(submissionId, 0, 2))?.games.map(
      (game) => game.state,
    );
    expect(states).toEqual(['pending', 'running']);
    await workers.beat(lost.id);
    expect(await workers.alive()).toHaveLength(2);
  });

  it('closes an evaluation that failed in all its tries, with the reason, and an organiser opens it again', async () => {
    // What pg-boss does after the last try, without the minute of waiting between them.
    await database.dataSource.query(`UPDATE pgboss.job SET retry_limit = 0 WHERE name = 'shards/node'`);
    await queue.work(['node'], 1, () => Promise.reject(new Error('no sandbox on this machine')));
    const evaluations = new EvaluationRepository(database.dataSource, queue);
    const failed: string[] = [];
    while (failed.length === 0) {
      for (const { reason } of (await sweep(database.dataSource, queue))?.failed ?? []) failed.push(reason);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(failed[0]).toContain('no sandbox on this machine');
    const submissions = new SubmissionRepository(database.dataSource, queue);
    const closed = (await submissions.find(submissionId))?.evaluation;
    expect(closed).toMatchObject({ state: 'failed', gamesDone: 0 });
    expect(closed?.reason).toMatch(/platform could not play games \d+ to \d+ .*not the agent's fault/s);
    expect(await evaluations.retry(submissionId)).toBe(true);
    expect(await evaluations.retry(submissionId)).toBe(false);
    expect((await submissions.find(submissionId))?.evaluation).toMatchObject({
      state: 'queued',
      reason: null,
    });
  });

  it('is done by one process at a time', async () => {
    const runner = database.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT pg_advisory_xact_lock(1937204581)');
    expect(await sweep(database.dataSource, queue)).toBeNull();
    await runner.rollbackTransaction();
    await runner.release();
    expect(await sweep(database.dataSource, queue)).not.toBeNull();
  });
});

describe('the queue', () => {
  const expiries = () =>
    rowsOf<{ from: number; seconds: number }>(
      database.dataSource,
      `SELECT (data->>'from')::int AS "from", expire_seconds AS seconds FROM pgboss.job WHERE name = 'shards/node' ORDER BY 1`,
    );

  it('gives a shard the time that its limits allow, and no more than a day', async () => {
    // A game: 60 s of bank, 2 s of a last answer, a million steps at 1 ms, 20 s of starts; then 600 s and a try-out's 22 s once.
    const [sixteen, eight] = [16 * 1082 + 622, 8 * 1082 + 622];
    const wanted = [
      { from: 0, seconds: sixteen },
      { from: 16, seconds: sixteen },
      { from: 32, seconds: eight },
    ];
    expect(await expiries()).toEqual(wanted);
    await database.dataSource.query(`DELETE FROM pgboss.job WHERE name = 'shards/node'`);
    await sweep(database.dataSource, queue);
    expect(await expiries()).toEqual(wanted);
    await new CompetitionRepository(database.dataSource).put(
      'slow',
      competitionSettings({ gamesPerEvaluation: 20, limits: { ...LIMITS, timeBankMs: 7_200_000 } }),
    );
    await database.dataSource.query(`DELETE FROM pgboss.job WHERE name = 'shards/node'`);
    await new SubmissionRepository(database.dataSource, queue).create(newSubmission('slow'));
    expect(await expiries()).toEqual([
      { from: 0, seconds: 86_400 },
      { from: 16, seconds: 4 * (1082 + 7200 - 60) + 622 },
    ]);
  });

  it('serves the evaluation first that has been served less', async () => {
    const second = await new SubmissionRepository(database.dataSource, queue).create(newSubmission('sweep'));
    const owners = await rowsOf<{ id: string; submission_id: string }>(
      database.dataSource,
      'SELECT "id", "submission_id" FROM "evaluation"',
    );
    const nameOf = new Map(owners.map((row) => [row.id, row.submission_id === second ? 'late' : 'early']));
    const served: string[] = [];
    await new Promise<void>((resolve) => {
      void queue.work(['node'], 1, ({ job }) => {
        served.push(`${nameOf.get(job.evaluationId) ?? '?'} ${job.from}`);
        if (served.length === 6) resolve();
        return Promise.resolve();
      });
    });
    expect(served).toEqual(['early 0', 'late 0', 'early 16', 'late 16', 'early 32', 'late 32']);
  });

  it('takes a shard back without counting a try', async () => {
    const plays = new PlayRepository(database.dataSource, queue);
    const retries: number[] = [];
    await new Promise<void>((resolve) => {
      void queue.work(['node'], 1, async (shard) => {
        if (shard.job.from !== 0) return;
        retries.push(shard.retry);
        if (retries.length === 2) resolve();
        else await plays.handBack(shard);
      });
    });
    expect(retries).toEqual([0, 0]);
  });
});
