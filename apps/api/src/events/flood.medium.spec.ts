import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientEvents, JoinAnswer, ServerEvents } from '@arena/contracts';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { DEFAULT_VISITOR_LIMITS, type VisitorLimits } from '../config/limits.ts';
import { agentArchive, startServer, type TestServer } from '../testing/server.ts';
import { dropSlowReader, unreadBytes } from './unread.ts';

type Client = Socket<ServerEvents, ClientEvents>;

let server: TestServer | null = null;
const clients: Client[] = [];

const start = async (change: Partial<VisitorLimits> = {}): Promise<TestServer> => {
  server = await startServer({ visitors: { ...DEFAULT_VISITOR_LIMITS, ...change } });
  return server;
};
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await server?.close();
  server = null;
});

function connect(address = server?.address ?? ''): Client {
  const client: Client = io(address, { transports: ['websocket'], forceNew: true, reconnection: false });
  clients.push(client);
  return client;
}
const join = (client: Client, room: string) =>
  new Promise<JoinAnswer>((resolve) => {
    client.emit('join', room as `board:${string}`, resolve);
  });
const ended = (client: Client) => new Promise<string>((resolve) => client.once('disconnect', resolve));
const connected = (client: Client) =>
  new Promise<boolean>((resolve) => {
    client.once('connect', () => {
      resolve(true);
    });
    client.once('connect_error', () => {
      resolve(false);
    });
  });

describe('a socket', () => {
  it('that joins 137 rooms at once is in 16 of them, and each join is answered', async () => {
    const { address, ...api } = await start();
    await api.openCompetition('many', 137);
    const { id } = (await (await api.upload('many', await agentArchive())).json()) as { id: string };
    const page = (await (await api.get(`/api/submissions/${id}/games?limit=137`)).json()) as {
      games: { id: string }[];
    };
    const client = connect(address);
    const answers = await Promise.all(page.games.map((game) => join(client, `game:${game.id}`)));
    expect(answers).toHaveLength(137);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(16);
    for (const answer of answers.filter(({ ok }) => !ok))
      expect(answer.message).toMatch(/^At most 16 rooms|^The server has too much to do/);
    // Those for which there was no room to wait may ask again; what is refused for good may not.
    const later = answers.filter(({ retryAfterMs }) => retryAfterMs !== undefined);
    expect(later.length).toBeGreaterThan(0);
    expect((await join(client, `game:${page.games[136]?.id ?? ''}`)).message).toMatch(/^At most 16 rooms/);
  });

  it('that leaves rooms as fast as it joins them ends in those that it joined last', async () => {
    const { address, ...api } = await start();
    await api.openCompetition('one');
    const client = connect(address);
    const answers: Promise<JoinAnswer>[] = [];
    for (let each = 0; each < 20; each++) {
      answers.push(join(client, 'board:one'));
      client.emit('leave', 'board:one');
    }
    expect(
      (await Promise.all(answers)).every(({ ok, retryAfterMs }) => ok || retryAfterMs !== undefined),
    ).toBe(true);
    let boards = 0;
    client.on('board:changed', () => boards++);
    expect((await join(client, 'board:one')).ok).toBe(true);
    while (boards === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('that nests what it sends as deeply as a message is long is answered', async () => {
    const { address } = await start();
    const client = connect(address);
    // 4,096 bytes at most, of which each level takes two; with an attachment the parser walks through all of them.
    for (const leaf of ['', Buffer.from('x')]) {
      let nested: unknown = leaf;
      for (let depth = 0; depth < 1990; depth++) nested = [nested];
      const answer = await client.emitWithAck('join', nested as 'board:x');
      expect(answer).toEqual({ ok: false, message: expect.stringMatching(/^A room is/) });
    }
  });

  it('that nests deeper than that is dropped, and nobody else is', async () => {
    const { address } = await start();
    const [client, other] = [connect(address), connect(address)];
    expect([await connected(client), await connected(other)]).toEqual([true, true]);
    const end = ended(client);
    client.io.engine.write(`2["join",${'['.repeat(100_000)}${']'.repeat(100_000)}]`);
    expect(await end).toMatch(/transport/);
    expect((await join(other, 'board:none')).message).toMatch(/^There is no board/);
  });

  it('that sends more messages than a page could is dropped', async () => {
    const { address } = await start({ messagesPerSocket: 50 });
    const client = connect(address);
    const end = ended(client);
    for (let each = 0; each < 10_000; each++) client.emit('join', 'board:none', () => undefined);
    expect(await end).toMatch(/transport/);
    expect(await connected(connect(address))).toBe(true);
  });
});

describe('an address', () => {
  it('may join so often, and is told when again', async () => {
    const { address, ...api } = await start({ joinsPerAddress: 3 });
    await api.openCompetition('one');
    const answers: JoinAnswer[] = [];
    for (let each = 0; each < 5; each++) answers.push(await join(connect(address), 'board:one'));
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, false, false]);
    expect(answers[4]?.retryAfterMs).toBeGreaterThan(0);
    expect(answers[4]?.retryAfterMs).toBeLessThanOrEqual(10_000);
  });

  it('may have so many sockets, and another one once one is closed', async () => {
    const { address } = await start({ socketsPerAddress: 3 });
    const held = [connect(address), connect(address), connect(address)];
    expect(await Promise.all(held.map(connected))).toEqual([true, true, true]);
    expect(await connected(connect(address))).toBe(false);
    held[0]?.disconnect();
    while (!(await connected(connect(address)))) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});

describe('a socket that never reads', () => {
  const http = createServer();
  const plain = new Server(http);
  afterAll(() => plain.close());

  it('is dropped with what waited for it, and one that reads is not', async () => {
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const dropped: string[] = [];
    plain.on('connection', (socket) => {
      dropSlowReader(socket.conn, 2 ** 20, (bytes) => {
        expect(bytes).toBeGreaterThan(2 ** 20);
        dropped.push(socket.id);
      });
    });
    const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const [deaf, good] = [connect(address), connect(address)];
    await Promise.all([connected(deaf), connected(good)]);
    const deafId = deaf.id;
    const { ws } = deaf.io.engine.transport as unknown as { ws: { pause: () => void } };
    ws.pause();
    let heard = 0;
    good.onAny(() => heard++);
    // The kernel takes some megabytes for who does not read; the rest is ours.
    for (let sent = 1; dropped.length === 0; sent++) {
      plain.emit('board:changed', 'x'.repeat(200_000));
      while (heard < sent) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(dropped).toEqual([deafId]);
    while (plain.sockets.sockets.size > 1) await new Promise((resolve) => setTimeout(resolve, 10));
    const [left] = plain.sockets.sockets.values();
    expect(left && unreadBytes(left.conn)).toBeLessThan(2 ** 20);
  });
});
