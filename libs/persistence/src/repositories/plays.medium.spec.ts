import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { rowsOf } from '../database/transaction.ts';
import type { ShardQueue } from '../queue/shard-queue.ts';
import {
  LIMITS,
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
import { SubmissionRepository } from './submissions.ts';
import { WorkerRepository } from './workers.ts';

let database: TestDatabase;
let queue: ShardQueue;
let plays: PlayRepository;
let games: GameRepository;
let boards: BoardRepository;
const worker = workerCard();

beforeAll(async () => {
  database = await openTestDatabase();
  queue = await database.queue();
  plays = new PlayRepository(database.dataSource, queue);
  games = new GameRepository(database.dataSource);
  boards = new BoardRepository(database.dataSource);
  await new WorkerRepository(database.dataSource).register(worker);
});

afterAll(() => database.close());

async function submit(
  slug: string,
  gamesPerEvaluation: number,
  limits = LIMITS,
  screenDescriptions = false,
): Promise<{ submissionId: string; gameIds: string[] }> {
  await new CompetitionRepository(database.dataSource).put(
    slug,
    competitionSettings({ gamesPerEvaluation, limits, screenDescriptions }),
  );
  const submissionId = await new SubmissionRepository(database.dataSource, queue).create(newSubmission(slug));
  if (submissionId === null) throw new Error('not created');
  const page = await games.page(submissionId, 0, 1000);
  return { submissionId, gameIds: page?.games.map((game) => game.id) ?? [] };
}

describe('reporting a game', () => {
  let slug: string;

  beforeEach(() => {
    slug = `c-${randomUUID().slice(0, 8)}`;
  });

  it('counts it once, however often it is reported', async () => {
    const { submissionId, gameIds } = await submit(slug, 2);
    const [first] = gameIds as [string, string];
    expect(await plays.begin(first, worker.id)).toBe(true);
    expect(await plays.report(gameReport(first, worker.id, { score: 50 }))).toBe(true);
    const before = await boards.read(slug);
    expect(await plays.report(gameReport(first, worker.id, { score: 9999 }))).toBe(false);
    expect(await boards.read(slug)).toEqual(before);
    expect(before?.rows).toMatchObject([
      { submissionId, gamesDone: 1, gamesTotal: 2, median: 50, state: 'running', rank: 1 },
    ]);
    expect((await games.find(first))?.score).toBe(50);
  });

  it('that uses up the time for all of them ends those that wait, and no game in play', async () => {
    const limits = { ...LIMITS, evaluationTimeMs: 5000 };
    const { gameIds } = await submit(slug, 4, limits);
    const [first, second, third, fourth] = gameIds as [string, string, string, string];
    await plays.begin(first, worker.id);
    await plays.begin(second, worker.id);
    await plays.report(gameReport(first, worker.id, { agentTimeUs: 4_900_000 }));
    expect((await games.find(third))?.state).toBe('pending');
    await plays.begin(third, worker.id);
    await plays.report(gameReport(second, worker.id, { agentTimeUs: 200_000, cpuTimeUs: 123_000 }));
    expect(await games.find(second)).toMatchObject({ verdict: 'ok', agentTimeMs: 200, cpuTimeMs: 123 });
    expect((await games.find(third))?.state).toBe('running');
    expect(await games.find(fourth)).toMatchObject({
      ...{ state: 'finished', verdict: 'time_bank', score: 0, steps: 0, cpuTimeMs: null },
      verdictReason:
        'not played, since this agent had used up the 5 s of thinking time that it has for all games of an evaluation',
    });
    expect(await plays.begin(fourth, worker.id)).toBe(false);
    await plays.report(gameReport(third, worker.id));
    expect((await boards.read(slug))?.rows).toMatchObject([{ state: 'finished', gamesDone: 4, faults: 1 }]);
  });

  it('does not begin a finished game again', async () => {
    const { gameIds } = await submit(slug, 1);
    const [first] = gameIds as [string];
    await plays.report(gameReport(first, worker.id));
    expect(await plays.begin(first, worker.id)).toBe(false);
    expect((await games.find(first))?.state).toBe('finished');
  });

  it('counts every game when many report at once, each twice', async () => {
    const { submissionId, gameIds } = await submit(slug, 24);
    const versionBefore = (await boards.read(slug))?.version ?? 0;
    const reports = gameIds.flatMap((id, index) => [
      gameReport(id, worker.id, { score: index }),
      gameReport(id, worker.id, { score: index }),
    ]);
    const answers = await Promise.all(reports.map((report) => plays.report(report)));
    expect(answers.filter(Boolean)).toHaveLength(24);
    const board = await boards.read(slug);
    expect(board?.version).toBe(versionBefore + 24);
    expect(board?.rows).toMatchObject([
      { submissionId, gamesDone: 24, gamesTotal: 24, state: 'finished', median: 11.5, mean: 11.5, rank: 1 },
    ]);
    const [tapes] = await rowsOf<{ count: number }>(
      database.dataSource,
      'SELECT count(*)::int FROM "tape" WHERE "game_id" = ANY($1)',
      [gameIds],
    );
    expect(tapes?.count).toBe(24);
  });

  it('leaves nothing behind when it fails half-way', async () => {
    const { gameIds } = await submit(slug, 1);
    const [first] = gameIds as [string];
    const before = await boards.read(slug);
    await expect(plays.report(gameReport(first, worker.id, { steps: 2 ** 40 }))).rejects.toThrow(
      /out of range/,
    );
    expect(await boards.read(slug)).toEqual(before);
    expect(await games.tape(first)).toBe('unfinished');
  });

  it('stores what an agent printed, NUL bytes and half characters too', async () => {
    const { gameIds } = await submit(slug, 1);
    const [first] = gameIds as [string];
    const hostile = 'a\0b\uD800 \u001b[31m';
    await plays.report(
      gameReport(first, worker.id, {
        verdict: 'crashed',
        endReason: 'agent',
        verdictReason: hostile,
        log: hostile + 'x'.repeat(20_000),
        xlogfile: { name: hostile, points: 'many' },
      }),
    );
    const game = await games.find(first);
    expect(game?.verdictReason).toBe('a\uFFFDb\uFFFD \u001b[31m');
    expect(game?.log).toHaveLength(8000);
    expect(game?.xlogfile).toEqual({ name: 'a\uFFFDb\uFFFD \u001b[31m', points: 'many' });
  });

  it('gives back the tape, byte for byte, once the game is over', async () => {
    const { gameIds } = await submit(slug, 1);
    const [first] = gameIds as [string];
    expect(await games.tape(first)).toBe('unfinished');
    const tape = Uint8Array.from({ length: 3000 }, (_, index) => index % 256);
    await plays.report(gameReport(first, worker.id, { tape }));
    expect(await games.tape(first)).toEqual(Buffer.from(tape));
    expect(await games.tape(randomUUID())).toBeNull();
    await database.dataSource.query('DELETE FROM "tape" WHERE "game_id" = $1', [first]);
    expect(await games.tape(first)).toBe('gone');
  });
});

describe('giving games back', () => {
  it('returns only running games of this worker to pending', async () => {
    const slug = `c-${randomUUID().slice(0, 8)}`;
    const other = workerCard();
    await new WorkerRepository(database.dataSource).register(other);
    const { gameIds } = await submit(slug, 3);
    const [mine, finished, theirs] = gameIds as [string, string, string];
    for (const id of [mine, finished]) await plays.begin(id, worker.id);
    await plays.begin(theirs, other.id);
    await plays.report(gameReport(finished, worker.id));
    expect(await plays.release(worker.id, gameIds)).toBe(1);
    const states = await Promise.all(
      [mine, finished, theirs].map(async (id) => (await games.find(id))?.state),
    );
    expect(states).toEqual(['pending', 'finished', 'running']);
    expect((await games.running(slug, 10)).map((game) => game.id)).toEqual([theirs]);
  });
});

describe('a plan', () => {
  it('names the games of the shard that are missing, with their own seeds', async () => {
    const slug = `c-${randomUUID().slice(0, 8)}`;
    const { submissionId, gameIds } = await submit(slug, 4);
    await plays.report(gameReport(gameIds[1] as string, worker.id));
    const [row] = await rowsOf<{ id: string }>(
      database.dataSource,
      'SELECT "id" FROM "evaluation" WHERE "submission_id" = $1',
      [submissionId],
    );
    const plan = await plays.plan({ evaluationId: row?.id ?? '', from: 0, to: 3 });
    expect(plan?.games.map((game) => game.index)).toEqual([0, 2]);
    expect(new Set(plan?.games.map((game) => game.seeds.core)).size).toBe(2);
    expect(await plays.plan({ evaluationId: randomUUID(), from: 0, to: 3 })).toBeNull();
  });

  it.each([false, true])(
    'and a game say whether screens are described, as the competition does: %p',
    async (described) => {
      const { submissionId, gameIds } = await submit(`c-${randomUUID().slice(0, 8)}`, 1, LIMITS, described);
      const [row] = await rowsOf<{ id: string }>(
        database.dataSource,
        'SELECT "id" FROM "evaluation" WHERE "submission_id" = $1',
        [submissionId],
      );
      const plan = await plays.plan({ evaluationId: row?.id ?? '', from: 0, to: 1 });
      expect(plan?.games[0]?.screenDescriptions).toBe(described);
      expect((await games.find(gameIds[0] ?? ''))?.screenDescriptions).toBe(described);
    },
  );
});
