import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CHANNELS,
  encodeFrame,
  type ClientEvents,
  type ServerEvents,
  type SubmissionView,
} from '@arena/contracts';
import { DatabaseUnreachableError, Listener } from '@arena/persistence';
import { gameReport, workerCard } from '@arena/persistence/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { io, type Socket } from 'socket.io-client';
import { createApplication } from '../application.ts';
import { openGate, type DatabaseGate } from '../testing/database-gate.ts';
import { agentArchive, startServer, type TestServer } from '../testing/server.ts';

type Client = Socket<ServerEvents, ClientEvents>;

let server: TestServer;
const clients: Client[] = [];
const worker = workerCard();

beforeAll(async () => {
  server = await startServer();
  await server.workers.register(worker);
});

afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});

afterAll(() => server.close());

function connect(address = server.address): Client {
  const client: Client = io(address, { transports: ['websocket'], forceNew: true });
  clients.push(client);
  return client;
}

const join = (client: Client, room: unknown) =>
  new Promise<{ ok: boolean; message?: string }>((resolve) => {
    client.emit('join', room as `board:${string}`, resolve);
  });

const until = async (done: () => boolean) => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
};

async function submit(
  slug: string,
  games: number,
): Promise<{ submission: SubmissionView; gameIds: string[] }> {
  await server.openCompetition(slug, games);
  const submission = (await (
    await server.upload(slug, await agentArchive({ name: slug }))
  ).json()) as SubmissionView;
  const page = (await (await server.get(`/api/submissions/${submission.id}/games`)).json()) as {
    games: { id: string }[];
  };
  return { submission, gameIds: page.games.map((game) => game.id) };
}

describe('the socket', () => {
  it('tells those in the rooms what changes, and nobody else', async () => {
    const { submission, gameIds } = await submit('live', 2);
    const [gameId = ''] = gameIds;
    const [viewer, stranger] = [connect(), connect()];
    const seen: string[] = [];
    const boards: number[] = [];
    viewer.on('board:changed', (event) => {
      seen.push('board');
      boards.push(event.rows[0]?.gamesDone ?? -1);
    });
    viewer.on('evaluation:progress', ({ evaluation }) => seen.push(`progress ${evaluation.gamesDone}`));
    viewer.on('game:started', ({ game }) => seen.push(`started ${game.index}`));
    viewer.on('game:ended', ({ game, competition }) =>
      seen.push(`ended ${game.index} ${game.score ?? '?'} ${competition}`),
    );
    stranger.onAny((event: string) => seen.push(`stranger ${event}`));
    for (const room of ['board:live', `submission:${submission.id}`])
      expect(await join(viewer, room)).toEqual({ ok: true });
    await server.plays.begin(gameId, worker.id);
    await until(() => seen.includes('started 0'));
    await server.plays.report(gameReport(gameId, worker.id, { score: 77 }));
    await until(() => seen.includes('ended 0 77 live') && seen.includes('progress 1') && boards.at(-1) === 1);
    expect(seen.filter((line) => line.startsWith('stranger'))).toEqual([]);
    expect(seen.filter((line) => line.startsWith('ended'))).toHaveLength(1);
  });

  it('sends the board as it is to one who joins', async () => {
    await submit('late', 1);
    const client = connect();
    const event = new Promise<number>((resolve) =>
      client.on('board:changed', ({ rows }) => {
        resolve(rows.length);
      }),
    );
    await join(client, 'board:late');
    expect(await event).toBe(1);
  });

  it('makes few events of many games that end at once, and the last one is complete', async () => {
    const { gameIds } = await submit('burst', 40);
    const client = connect();
    const done: number[] = [];
    client.on('board:changed', ({ rows }) => done.push(rows[0]?.gamesDone ?? -1));
    await join(client, 'board:burst');
    await until(() => done.length === 1);
    const begin = performance.now();
    await Promise.all(gameIds.map((id) => server.plays.report(gameReport(id, worker.id))));
    await until(() => done.at(-1) === 40);
    const most = 2 + Math.ceil((performance.now() - begin) / 200);
    expect(done.length).toBeLessThanOrEqual(1 + most);
    expect(done.length).toBeLessThan(40);
  });

  it('passes pictures of a watched game on as bytes, and asks the workers for them', async () => {
    const { gameIds } = await submit('frames', 1);
    const [gameId = ''] = gameIds;
    const asked: string[] = [];
    const listener = new Listener({
      url: server.database.url,
      channels: [CHANNELS.watch],
      onNotification: (_channel, payload) => asked.push(payload),
      onConnected: () => undefined,
      onLost: () => undefined,
    });
    await listener.open();
    try {
      const frame = encodeFrame({
        step: 5,
        score: 6,
        turns: 7,
        depth: 1,
        cursorRow: 2,
        cursorColumn: 3,
        chars: new Uint8Array(1920).fill(64),
        colors: new Int8Array(1920).fill(7),
      });
      const client = connect();
      const frames: [string, Uint8Array][] = [];
      client.on('frame', (id, bytes) => frames.push([id, new Uint8Array(bytes)]));
      expect(await join(client, `game:${gameId}`)).toEqual({ ok: true });
      // On joining, and again while somebody is there.
      await until(() => asked.length >= 2);
      expect(new Set(asked)).toEqual(new Set([gameId]));
      const payload = `${gameId} ${Buffer.from(frame).toString('base64')}`;
      await server.database.dataSource.query('SELECT pg_notify($1, $2)', [CHANNELS.frames, payload]);
      await until(() => frames.length === 1);
      expect(frames).toEqual([[gameId, frame]]);
    } finally {
      await listener.close();
    }
  });

  it.each<unknown>([
    'admin',
    'board:',
    'board:none',
    'game:1',
    null,
    5,
    { a: 1 },
    'x'.repeat(3000),
    'game:00000000-0000-4000-8000-000000000000',
  ])('refuses the room %j', async (room) => {
    const answer = await join(connect(), room);
    expect(answer.ok).toBe(false);
    expect(answer.message).toMatch(/./);
  });

  it('lives on when a stranger sends anything', async () => {
    const client = connect();
    const raw = client as unknown as { emit: (...args: unknown[]) => void };
    raw.emit('join');
    raw.emit('join', 'board:live', 'no function');
    raw.emit('leave', { toString: 1 });
    raw.emit('board:changed', { rows: [] });
    raw.emit('nothing', 1, 2, 3);
    const big = connect();
    const cut = new Promise<string>((resolve) => big.on('disconnect', resolve));
    await join(big, 'board:');
    (big as unknown as { emit: (...args: unknown[]) => void }).emit('join', 'x'.repeat(100_000));
    expect(await cut).toMatch(/transport/);
    expect((await server.get('/api/health')).status).toBe(200);
  });

  it('lets one socket into some rooms only', async () => {
    const { gameIds } = await submit('many', 20);
    const client = connect();
    const answers = [];
    for (const id of gameIds) answers.push((await join(client, `game:${id}`)).ok);
    expect(answers.filter(Boolean)).toHaveLength(16);
    client.emit('leave', `game:${gameIds[0] ?? ''}`);
    expect((await join(client, `game:${gameIds[19] ?? ''}`)).ok).toBe(true);
  });

  it('hears again after the database has dropped its connection', async () => {
    const { gameIds } = await submit('again', 1);
    const client = connect();
    let done = -1;
    client.on('board:changed', ({ rows }) => (done = rows[0]?.gamesDone ?? -1));
    await join(client, 'board:again');
    await server.database.dataSource.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'arena listener'`,
    );
    await server.plays.report(gameReport(gameIds[0] ?? '', worker.id));
    await until(() => done === 1);
  });
});

describe('an API that loses its way to the database', () => {
  let gate: DatabaseGate;
  beforeEach(async () => {
    gate = await openGate(server.database.url, 'listeners');
  });
  afterEach(() => gate.close());

  const start = async (): Promise<NestExpressApplication> =>
    createApplication({ ...server.config, databaseUrl: gate.url }, false);

  it('tells a submission and its games what was missed, once it is back', async () => {
    const { submission, gameIds } = await submit('missed', 3);
    const [ended = '', begun = ''] = gameIds;
    const application = await start();
    await application.listen(0, '127.0.0.1');
    try {
      const address = await application.getUrl();
      const viewers = { submission: connect(address), game: connect(address) };
      const seen: string[] = [];
      for (const [name, viewer] of Object.entries(viewers)) {
        viewer.on('game:started', ({ game }) => seen.push(`${name}: started ${game.index}`));
        viewer.on('game:ended', ({ game }) => seen.push(`${name}: ended ${game.index} ${game.score ?? '?'}`));
        viewer.on('evaluation:progress', ({ evaluation }) =>
          seen.push(`${name}: progress ${evaluation.gamesDone}`),
        );
      }
      await join(viewers.submission, `submission:${submission.id}`);
      await join(viewers.game, `game:${ended}`);
      gate.shut();
      await server.plays.begin(begun, worker.id);
      await server.plays.report(gameReport(ended, worker.id, { score: 31 }));
      expect(seen).toEqual([]);
      gate.open();
      await until(() => seen.length >= 4);
      expect(seen.sort()).toEqual([
        'game: ended 0 31',
        'submission: ended 0 31',
        'submission: progress 1',
        'submission: started 1',
      ]);
    } finally {
      await application.close();
    }
  });

  it('does not start without, and says so in one line', async () => {
    gate.shut();
    const starting = start();
    await expect(starting).rejects.toThrow(DatabaseUnreachableError);
    await expect(starting).rejects.toThrow(/^cannot open the database [^\n]*$/);
  });
});
