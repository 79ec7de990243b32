import type { BoardView, ErrorView, SubmissionView } from '@arena/contracts';
import { CompetitionRepository } from '@arena/persistence';
import { competitionSettings, gameReport, workerCard } from '@arena/persistence/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApplication } from './application.ts';
import { askFrom, type Answer } from './testing/ask.ts';
import { openGate } from './testing/database-gate.ts';
import { agentArchive, startServer, type TestServer } from './testing/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  await server.openCompetition('open', 1);
});
afterAll(() => server.close());

/** Whoever reads competitions waits until `work` is done. */
async function whileLocked<T>(work: () => Promise<T>): Promise<T> {
  const runner = server.database.dataSource.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query('LOCK TABLE "competition" IN ACCESS EXCLUSIVE MODE');
    return await work();
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

const count = (values: readonly number[]): Record<number, number> =>
  Object.fromEntries(
    Object.entries(Object.groupBy(values, String)).map(([key, all]) => [key, all?.length ?? 0]),
  );

describe('a database with too much to do', () => {
  it('answers 503 to those for whom there is no room to wait, and the others as soon as it can', async () => {
    const asked = await whileLocked(async () => {
      // Each asks for something else, from a hundred addresses with four requests each: ten are asked of the database, 256 wait, and the
      // others are told at once.
      const all = Array.from({ length: 400 }, (_, index) =>
        askFrom(`127.0.1.${1 + (index % 100)}`, `${server.address}/api/competitions/none-${index}`),
      );
      const busy: Answer[] = [];
      for (const each of all) {
        void each.then((response) => {
          if (response.status === 503) busy.push(response);
        });
      }
      while (busy.length < 400 - 266) await new Promise((resolve) => setTimeout(resolve, 10));
      for (const response of busy) {
        expect(Number(response.headers['retry-after'])).toBeGreaterThanOrEqual(1);
        const view = JSON.parse(response.text) as ErrorView;
        expect([view.code, view.message]).toEqual(['unavailable', expect.stringMatching(/some seconds/)]);
      }
      return all;
    });
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(count(statuses)).toEqual({ 404: 266, 503: 134 });
  });

  it('gives one board to any number of visitors, who share the query', async () => {
    const asked = await whileLocked(() =>
      Promise.resolve(Array.from({ length: 1500 }, () => server.get('/api/competitions/open/board'))),
    );
    expect(count((await Promise.all(asked)).map(({ status }) => status))).toEqual({ 200: 1500 });
  });
});

describe('a database that hangs', () => {
  it('is a 503 for reads and uploads within 20 s, and is heard again once it goes on', async () => {
    await whileLocked(async () => {
      const archive = await agentArchive({ name: 'hung' });
      const asked = [
        server.get('/api/competitions/open/board'),
        server.get('/api/competitions'),
        server.upload('open', archive),
      ];
      for (const response of await Promise.all(asked)) {
        const { code } = (await response.json()) as ErrorView;
        expect([response.status, code]).toEqual([503, 'unavailable']);
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      }
    });
    expect((await server.get('/api/competitions/open/board')).status).toBe(200);
  });
});

describe('a board', () => {
  const board = async (etag?: string) => {
    const response = await fetch(`${server.address}/api/competitions/cached/board`, {
      // As browsers ask; fetch alone would say that it wants no cached answer.
      headers: { 'Cache-Control': 'max-age=0', ...(etag === undefined ? {} : { 'If-None-Match': etag }) },
    });
    return {
      response,
      etag: response.headers.get('etag') ?? '',
      view: response.status === 200 ? ((await response.json()) as BoardView) : null,
    };
  };

  it('is sent once for each of its versions, and is never older than what was just written', async () => {
    await server.openCompetition('cached', 1);
    const first = await board();
    expect([first.response.status, first.view?.rows.length]).toEqual([200, 0]);
    expect(first.response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect((await board(first.etag)).response.status).toBe(304);
    const submission = (await (
      await server.upload('cached', await agentArchive({ name: 'cached' }))
    ).json()) as SubmissionView;
    const second = await board(first.etag);
    expect([second.response.status, second.view?.rows[0]?.submissionId]).toEqual([200, submission.id]);
    const page = (await (await server.get(`/api/submissions/${submission.id}/games`)).json()) as {
      games: { id: string }[];
    };
    const worker = workerCard();
    await server.workers.register(worker);
    await server.plays.report(gameReport(page.games[0]?.id ?? '', worker.id, { score: 99 }));
    const third = await board(second.etag);
    expect([third.response.status, third.view?.rows[0]?.median]).toEqual([200, 99]);
    const renamed = competitionSettings({ gamesPerEvaluation: 1, name: 'Another name' });
    await server.application.get(CompetitionRepository).put('cached', renamed);
    const fourth = await board(third.etag);
    expect([fourth.response.status, fourth.view?.competition.name]).toEqual([200, 'Another name']);
    expect((await board(fourth.etag)).response.status).toBe(304);
  });
});

describe('a database that is away', () => {
  it('is a 503 with a way out on every route that needs it, and is heard again once it is back', async () => {
    const gate = await openGate(server.database.url, 'all');
    const lines: string[] = [];
    const note = (line: unknown): void => {
      lines.push(String(line));
    };
    const logger = { log: () => undefined, warn: note, error: note };
    const application = await createApplication({ ...server.config, databaseUrl: gate.url }, logger);
    await application.listen(0, '127.0.0.1');
    try {
      const address = await application.getUrl();
      const some = '00000000-0000-4000-8000-000000000000';
      const paths = [
        ...['competitions', 'competitions/open', 'competitions/open/board', 'competitions/open/live'],
        ...[`submissions/${some}`, `submissions/${some}/games`, `games/${some}`, `games/${some}/tape`],
      ];
      expect((await fetch(`${address}/api/competitions/open/board`)).status).toBe(200);
      gate.shut();
      for (const path of paths) {
        const response = await fetch(`${address}/api/${path}`);
        const { code } = (await response.json()) as ErrorView;
        expect([path, response.status, code]).toEqual([path, 503, 'unavailable']);
        expect(response.headers.get('retry-after')).toMatch(/^[1-9]$/);
      }
      const begin = Date.now();
      await Promise.all(Array.from({ length: 200 }, () => fetch(`${address}/api/competitions`)));
      const told = lines.filter((line) => line.startsWith('answered 503'));
      expect(told.length).toBeGreaterThanOrEqual(1);
      expect(told.length).toBeLessThanOrEqual(paths.length + 1 + (Date.now() - begin) / 1000);
      gate.open();
      expect((await fetch(`${address}/api/competitions/open/board`)).status).toBe(200);
    } finally {
      await application.close();
      await gate.close();
    }
  });
});
