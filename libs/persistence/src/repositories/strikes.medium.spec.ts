import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { ShardQueue } from '../queue/shard-queue.ts';
import {
  competitionSettings,
  gameReport,
  newSubmission,
  openTestDatabase,
  workerCard,
  type TestDatabase,
} from '../testing/index.ts';
import { BoardRepository } from './boards.ts';
import { CompetitionRepository } from './competitions.ts';
import { GameRepository } from './games.ts';
import { PlayRepository } from './plays.ts';
import { STRIKES, StrikeRepository, type Strike } from './strikes.ts';
import { SubmissionRepository } from './submissions.ts';
import { WorkerRepository } from './workers.ts';

const GAMES = 20;
const SILENT: Strike = {
  kind: 'silent',
  verdict: 'step_timeout',
  reason: 'the agent was not ready within 10 s of its start',
};
const LATE: Strike = {
  kind: 'late',
  verdict: 'time_bank',
  reason: 'the agent used up the 60 s of thinking time it has for one game',
};

let database: TestDatabase;
let queue: ShardQueue;
let plays: PlayRepository;
let games: GameRepository;
let strikes: StrikeRepository;
const worker = workerCard();

let slug: string;
let evaluationId: string;
let submissionId: string;
let ids: string[];

beforeAll(async () => {
  database = await openTestDatabase();
  queue = await database.queue();
  plays = new PlayRepository(database.dataSource, queue);
  games = new GameRepository(database.dataSource);
  strikes = new StrikeRepository(database.dataSource);
  await new WorkerRepository(database.dataSource).register(worker);
});
afterAll(() => database.close());

beforeEach(async () => {
  slug = `c-${randomUUID().slice(0, 8)}`;
  await new CompetitionRepository(database.dataSource).put(
    slug,
    competitionSettings({ gamesPerEvaluation: GAMES }),
  );
  const submissions = new SubmissionRepository(database.dataSource, queue);
  submissionId = (await submissions.create(newSubmission(slug))) ?? '';
  evaluationId = (await submissions.find(submissionId))?.evaluation.id ?? '';
  ids = ((await games.page(submissionId, 0, GAMES))?.games ?? []).map(({ id }) => id);
});

const strike = (found: Strike): Promise<boolean> => strikes.add(evaluationId, worker.id, found);
const report = (index: number, change: Parameters<typeof gameReport>[2]): Promise<boolean> =>
  plays.report(gameReport(ids[index] ?? '', worker.id, change));
const LATE_GAME = { verdict: 'time_bank', verdictReason: LATE.reason, endReason: 'agent', score: 0 } as const;

async function times(count: number, found: Strike): Promise<boolean[]> {
  const answers: boolean[] = [];
  for (let i = 0; i < count; i++) answers.push(await strike(found));
  return answers;
}

describe('an agent that does nothing but fail', () => {
  it.each([SILENT, LATE])('is given up after so many $kind strikes in a row', async (found) => {
    await report(0, { score: 30 });
    const most = STRIKES[found.kind];
    expect(await times(most, found)).toEqual([...Array.from({ length: most - 1 }, () => false), true]);
    const page = await games.page(submissionId, 0, GAMES);
    expect(page?.games.map(({ state }) => state)).toEqual(Array.from({ length: GAMES }, () => 'finished'));
    const given = await games.find(ids[7] ?? '');
    expect(given).toMatchObject({
      verdict: found.verdict,
      endReason: 'agent',
      score: 0,
      steps: 0,
      engineId: worker.engineId,
      limits: competitionSettings().limits,
    });
    expect(given?.verdictReason).toMatch(/^not played, since .* in a row .*; the last time the agent /);
    expect(given?.verdictReason).toContain(found.reason);
    expect(await games.tape(ids[7] ?? '')).toBe('unplayed');
    const board = await new BoardRepository(database.dataSource).read(slug);
    expect(board?.rows).toMatchObject([
      { state: 'finished', gamesDone: GAMES, gamesTotal: GAMES, faults: GAMES - 1, median: 0, mean: 1.5 },
    ]);
  });

  it('keeps its games that are in play, each counted once', async () => {
    await plays.begin(ids[3] ?? '', worker.id);
    expect((await times(STRIKES.silent, SILENT)).at(-1)).toBe(true);
    expect((await games.row(ids[3] ?? ''))?.state).toBe('running');
    expect(await plays.begin(ids[4] ?? '', worker.id)).toBe(false);
    expect(await report(4, { score: 500 })).toBe(false);
    expect(await report(3, { score: 700 })).toBe(true);
    const board = await new BoardRepository(database.dataSource).read(slug);
    expect(board?.rows).toMatchObject([{ state: 'finished', gamesDone: GAMES, mean: 700 / GAMES }]);
    // Whoever strikes now hears that nothing is left.
    expect(await strike(SILENT)).toBe(true);
  });

  it('is given up before any of its games has begun, too', async () => {
    await times(STRIKES.silent, SILENT);
    expect(
      (await new SubmissionRepository(database.dataSource, queue).find(submissionId))?.evaluation,
    ).toMatchObject({
      state: 'finished',
      gamesDone: GAMES,
      startedAt: expect.any(String),
    });
  });
});

describe('an agent that fails now and then', () => {
  it('begins a new row with every game in which it answered', async () => {
    expect(await times(STRIKES.silent - 1, SILENT)).not.toContain(true);
    await report(0, {
      verdict: 'crashed',
      verdictReason: 'it threw',
      endReason: 'agent',
      steps: 1,
      score: 0,
    });
    expect(await times(STRIKES.silent - 1, SILENT)).not.toContain(true);
    // A game that never began says nothing for it.
    await report(1, {
      verdict: 'crashed',
      verdictReason: 'it threw',
      endReason: 'agent',
      steps: 0,
      score: 0,
    });
    expect(await strike(SILENT)).toBe(true);
  });

  it('begins a new row of late games with one that scored or was in time', async () => {
    for (const good of [{ ...LATE_GAME, score: 1 }, { score: 0 }]) {
      expect(await times(STRIKES.late - 1, LATE)).not.toContain(true);
      await report(good.score === 1 ? 0 : 1, good);
    }
    expect(await times(STRIKES.late - 1, LATE)).not.toContain(true);
    await report(2, LATE_GAME);
    expect(await strike(LATE)).toBe(true);
  });

  it('is never charged for another agent', async () => {
    await times(STRIKES.silent - 1, SILENT);
    const submissions = new SubmissionRepository(database.dataSource, queue);
    const other = await submissions.find((await submissions.create(newSubmission(slug))) ?? '');
    expect(await strikes.add(other?.evaluation.id ?? '', worker.id, SILENT)).toBe(false);
  });
});
