import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EvaluationView } from '@arena/contracts';
import type { ShardQueue } from '../queue/shard-queue.ts';
import {
  competitionSettings,
  newSubmission,
  openTestDatabase,
  workerCard,
  type TestDatabase,
} from '../testing/index.ts';
import { BoardRepository } from './boards.ts';
import { CompetitionRepository } from './competitions.ts';
import { EvaluationRepository } from './evaluations.ts';
import { GameRepository } from './games.ts';
import { PlayRepository } from './plays.ts';
import { SubmissionRepository } from './submissions.ts';
import { TryOutRepository } from './try-outs.ts';
import { WorkerRepository } from './workers.ts';

const REFUSAL = { reason: 'Refused before its first game.', log: 'loading\0\n' };
const worker = workerCard();

let database: TestDatabase;
let queue: ShardQueue;
let tryOuts: TryOutRepository;
let submissions: SubmissionRepository;
let plays: PlayRepository;
let slug: string;
let submission: string;
let evaluation: EvaluationView;

beforeAll(async () => {
  database = await openTestDatabase();
  queue = await database.queue();
  tryOuts = new TryOutRepository(database.dataSource);
  submissions = new SubmissionRepository(database.dataSource, queue);
  plays = new PlayRepository(database.dataSource, queue);
  await new WorkerRepository(database.dataSource).register(worker);
});
afterAll(() => database.close());
beforeEach(async () => {
  slug = `c-${randomUUID().slice(0, 8)}`;
  await new CompetitionRepository(database.dataSource).put(slug, competitionSettings());
  submission = (await submissions.create(newSubmission(slug))) ?? '';
  evaluation = await now();
});

async function now(): Promise<EvaluationView> {
  const found = await submissions.find(submission);
  if (!found) throw new Error('there is no submission');
  return found.evaluation;
}

async function triedOut(): Promise<boolean | undefined> {
  return (await plays.plan({ evaluationId: evaluation.id, from: 0, to: 1 }))?.triedOut;
}

describe('a try-out', () => {
  it('that passed leaves the evaluation as it is, and is not asked for again', async () => {
    expect(await triedOut()).toBe(false);
    expect(await tryOuts.passed(evaluation.id)).toBe(true);
    expect(await tryOuts.passed(evaluation.id)).toBe(true);
    expect(await now()).toEqual(evaluation);
    expect(await triedOut()).toBe(true);
  });

  it('that was refused ends the evaluation with reason and log, no game and no rank', async () => {
    expect(await tryOuts.refused(evaluation.id, REFUSAL)).toBe(true);
    expect(await now()).toMatchObject({
      ...{ state: 'failed', reason: REFUSAL.reason, log: 'loading\uFFFD\n', gamesDone: 0, startedAt: null },
      board: { rank: null, gamesDone: 0, state: 'failed', faults: 0 },
    });
    expect((await new BoardRepository(database.dataSource).read(slug))?.version).toBeGreaterThan(0);
  });

  it('counts once, whichever of two workers is first', async () => {
    const outcomes = await Promise.all([
      tryOuts.passed(evaluation.id),
      tryOuts.refused(evaluation.id, REFUSAL),
    ]);
    const { state } = await now();
    // Either both play, or neither does.
    expect([outcomes, state]).toEqual(
      state === 'failed' ? [[false, true], 'failed'] : [[true, false], 'queued'],
    );
    // What came first stays.
    expect(await tryOuts.passed(evaluation.id)).toBe(state !== 'failed');
    expect(await tryOuts.refused(evaluation.id, { reason: 'other', log: '' })).toBe(state === 'failed');
    expect((await now()).reason).toBe(state === 'failed' ? REFUSAL.reason : null);
  });

  it('refused late, while games are in play already, ends nothing', async () => {
    await tryOuts.passed(evaluation.id);
    const page = await new GameRepository(database.dataSource).page(submission, 0, 1);
    expect(await plays.begin(page?.games[0]?.id ?? '', worker.id)).toBe(true);
    expect(await tryOuts.refused(evaluation.id, REFUSAL)).toBe(false);
    expect(await now()).toMatchObject({ state: 'running', reason: null, log: null });
  });

  it('has its ways out: the same archive again, or another try', async () => {
    const { archive } = newSubmission(slug);
    const first = await submissions.create(newSubmission(slug, { archive }));
    submission = first ?? '';
    evaluation = await now();
    await tryOuts.refused(evaluation.id, REFUSAL);
    expect(await submissions.create(newSubmission(slug, { archive }))).not.toBeNull();
    expect(await new EvaluationRepository(database.dataSource, queue).retry(submission)).toBe(true);
    expect(await now()).toMatchObject({ state: 'queued', reason: null, log: null });
    expect(await triedOut()).toBe(false);
  });
});
