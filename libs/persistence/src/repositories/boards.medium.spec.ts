import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { summarize } from '@arena/scoring';
import fc from 'fast-check';
import type { ShardQueue } from '../queue/shard-queue.ts';
import { rowsOf } from '../database/transaction.ts';
import {
  competitionSettings,
  gameReport,
  newSubmission,
  openTestDatabase,
  workerCard,
  type TestDatabase,
} from '../testing/index.ts';
import { BoardRepository } from './boards.ts';
import { CompetitionInUseError, CompetitionRepository } from './competitions.ts';
import { EvaluationRepository } from './evaluations.ts';
import { GameRepository } from './games.ts';
import { PlayRepository, type GameReport } from './plays.ts';
import { DuplicateSubmissionError, SubmissionRepository } from './submissions.ts';
import { WorkerRepository } from './workers.ts';

let database: TestDatabase;
let queue: ShardQueue;
const worker = workerCard();

beforeAll(async () => {
  database = await openTestDatabase();
  queue = await database.queue();
  await new WorkerRepository(database.dataSource).register(worker);
});

afterAll(() => database.close());

async function submit(slug: string, name: string, reports: Partial<GameReport>[]): Promise<string> {
  const submissions = new SubmissionRepository(database.dataSource, queue);
  const id = await submissions.create(newSubmission(slug, { agentName: name }));
  const page = await new GameRepository(database.dataSource).page(id ?? '', 0, 100);
  const plays = new PlayRepository(database.dataSource, queue);
  for (const [index, report] of reports.entries()) {
    await plays.report(gameReport(page?.games[index]?.id ?? '', worker.id, report));
  }
  return id ?? '';
}

describe('the board', () => {
  it('orders by ascensions, median, mean, earlier submission, and puts rows without a score last', async () => {
    const slug = 'order';
    await new CompetitionRepository(database.dataSource).put(
      slug,
      competitionSettings({ gamesPerEvaluation: 3 }),
    );
    await submit(slug, 'none', []);
    await submit(slug, 'tie-first', [{ score: 10 }, { score: 20 }, { score: 30 }]);
    await submit(slug, 'tie-second', [{ score: 10 }, { score: 20 }, { score: 30 }]);
    await submit(slug, 'better-mean', [{ score: 10 }, { score: 20 }, { score: 90 }]);
    await submit(slug, 'better-median', [{ score: 0 }, { score: 21 }, { score: 22 }]);
    await submit(slug, 'ascended', [{ score: 1, ascended: true, how: 'ASCENDED' }]);
    const failed = await submit(slug, 'failed', [{ score: 1_000_000 }]);
    const [evaluation] = await rowsOf<{ id: string }>(
      database.dataSource,
      'SELECT "id" FROM "evaluation" WHERE "submission_id" = $1',
      [failed],
    );
    await new EvaluationRepository(database.dataSource, queue).fail(
      evaluation?.id ?? '',
      'The platform failed.',
    );
    const board = await new BoardRepository(database.dataSource).read(slug);
    expect(board?.rows.map((row) => [row.rank, row.agentName])).toEqual([
      [1, 'ascended'],
      [2, 'better-median'],
      [3, 'better-mean'],
      [4, 'tie-first'],
      [5, 'tie-second'],
      [null, 'none'],
      [null, 'failed'],
    ]);
    expect(board?.rows[5]).toMatchObject({ gamesDone: 0, median: null, mean: null, bestDepth: null });
  });

  it('counts faults and the best depth', async () => {
    const slug = 'faults';
    await new CompetitionRepository(database.dataSource).put(slug, competitionSettings());
    await submit(slug, 'x', [
      { deepestLevel: 4 },
      { verdict: 'crashed', endReason: 'agent', verdictReason: 'It crashed.', deepestLevel: 7 },
    ]);
    const board = await new BoardRepository(database.dataSource).read(slug);
    expect(board?.rows[0]).toMatchObject({ faults: 1, bestDepth: 7, gamesDone: 2 });
    expect(await new BoardRepository(database.dataSource).read('no-such')).toBeNull();
  });

  it('has the quartiles that the scoring library computes, to the last bit', async () => {
    const scores = fc.array(fc.integer({ min: -20, max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(scores, async (values) => {
        const [sql] = await rowsOf<{ numbers: number[] }>(
          database.dataSource,
          `SELECT array[percentile_cont(0.5) WITHIN GROUP (ORDER BY score), percentile_cont(0.25) WITHIN GROUP (ORDER BY score),
             percentile_cont(0.75) WITHIN GROUP (ORDER BY score), sum(score)::double precision / nullif(count(*), 0)] AS numbers
           FROM unnest($1::bigint[]) AS score`,
          [values],
        );
        const { median, quartile1, quartile3, mean } = summarize(values);
        expect(sql?.numbers).toEqual([median, quartile1, quartile3, mean]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('submitting', () => {
  it('gives the same seeds for the same master seed and number, others for the next', async () => {
    const competitions = new CompetitionRepository(database.dataSource);
    const seeds: string[][] = [];
    for (const slug of ['seeds-a', 'seeds-b']) {
      await competitions.put(slug, competitionSettings({ gamesPerEvaluation: 2 }));
      for (const name of ['one', 'two']) {
        const id = await submit(slug, name, []);
        const rows = await rowsOf<{ core_seed: string }>(
          database.dataSource,
          `SELECT g."core_seed" FROM "game" g JOIN "evaluation" e ON e."id" = g."evaluation_id"
           WHERE e."submission_id" = $1 ORDER BY g."game_index"`,
          [id],
        );
        seeds.push(rows.map((row) => row.core_seed));
      }
    }
    expect(seeds[0]).toEqual(seeds[2]);
    expect(seeds[1]).toEqual(seeds[3]);
    expect(new Set(seeds.flat()).size).toBe(4);
  });

  it('refuses the same archive on the same board, also when both come at once, and tells which it is', async () => {
    const competitions = new CompetitionRepository(database.dataSource);
    await competitions.put('twice', competitionSettings());
    await competitions.put('elsewhere', competitionSettings());
    const submissions = new SubmissionRepository(database.dataSource, queue);
    const first = newSubmission('twice');
    const answers = await Promise.allSettled([submissions.create(first), submissions.create(first)]);
    const created = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const refused = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason as unknown] : [],
    );
    expect(created).toHaveLength(1);
    expect(refused).toEqual([new DuplicateSubmissionError(created[0] as string)]);
    expect(await submissions.create({ ...first, competition: 'elsewhere' })).not.toBeNull();
    expect((await new BoardRepository(database.dataSource).read('twice'))?.rows).toHaveLength(1);
    expect(await submissions.create({ ...first, competition: 'no-such' })).toBeNull();
  });

  it('keeps the rules of a competition once there are submissions', async () => {
    const competitions = new CompetitionRepository(database.dataSource);
    await competitions.put('rules', competitionSettings());
    await competitions.put('rules', competitionSettings({ gamesPerEvaluation: 8 }));
    await submit('rules', 'x', []);
    const same = competitionSettings({ gamesPerEvaluation: 8, name: 'Another name' });
    expect((await competitions.put('rules', same)).name).toBe('Another name');
    await expect(competitions.put('rules', { ...same, gamesPerEvaluation: 9, clock: 1 })).rejects.toThrow(
      new CompetitionInUseError('rules', ['gamesPerEvaluation', 'clock']),
    );
    const { masterSeed, ...withoutSeed } = same;
    expect(masterSeed).toBeDefined();
    expect((await competitions.put('rules', withoutSeed)).gamesPerEvaluation).toBe(8);
  });
});
