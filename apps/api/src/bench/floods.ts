import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { askFrom } from '../testing/ask.ts';

/** What a flood saw; floods come from 127.0.0.1, honest visitors from 127.0.0.2. */
export interface Seen {
  /** Answers by their status. */
  statuses: Map<number, number>;
  /** Requests that never got an answer although their connection was let in. */
  unanswered: number;
}
export interface Flood {
  readonly name: string;
  /** Runs until it is through, some seconds at most. */
  run(address: string, games: readonly string[]): Promise<Seen>;
}

const FLOODER = '127.0.0.1';
const nothing = (): Seen => ({ statuses: new Map(), unanswered: 0 });
const count = (seen: Seen, status: number): void => {
  seen.statuses.set(status, (seen.statuses.get(status) ?? 0) + 1);
};
const socket = (address: string): Socket =>
  io(address, { transports: ['websocket'], forceNew: true, reconnection: false });
const connected = (each: Socket): Promise<void> =>
  new Promise((resolve) => {
    each.once('connect', resolve).once('connect_error', () => {
      resolve();
    });
  });

/** GETs at once, each on a connection of its own. */
async function gets(address: string, paths: readonly string[]): Promise<Seen> {
  const seen = nothing();
  const agent = new Agent({ keepAlive: false });
  const asked = paths.map((path) =>
    askFrom(FLOODER, address + path, {}, agent).then(
      ({ status }) => {
        count(seen, status);
      },
      () => {
        seen.unanswered++;
      },
    ),
  );
  await Promise.all(asked);
  return seen;
}

/** Connections that write `head` and then a byte now and then, for five seconds. */
async function drips(address: string, many: number, head: string): Promise<Seen> {
  const { hostname, port } = new URL(address);
  const lines = Array.from({ length: many }, () => {
    const line = connect({ host: hostname, port: Number(port), localAddress: FLOODER });
    return line.on('error', () => undefined).once('connect', () => line.write(head));
  });
  for (let second = 0; second < 5; second++) {
    await sleep(1000);
    for (const line of lines) if (line.writable) line.write('x');
  }
  for (const line of lines) line.destroy();
  return nothing();
}

/** Connections that ask for board after board and read nothing, for five seconds. */
async function unread(address: string, many: number): Promise<Seen> {
  const { hostname, port } = new URL(address);
  const ask = 'GET /api/competitions/flood/board HTTP/1.1\r\nHost: arena\r\n\r\n'.repeat(200);
  const lines = Array.from({ length: many }, () => {
    const line = connect({ host: hostname, port: Number(port), localAddress: FLOODER });
    return line
      .pause()
      .on('error', () => undefined)
      .once('connect', () => line.write(ask));
  });
  await sleep(5000);
  for (const line of lines) line.destroy();
  return nothing();
}

async function deaf(address: string, many: number): Promise<Seen> {
  const sockets = Array.from({ length: many }, () => socket(address));
  await Promise.all(sockets.map(connected));
  for (const each of sockets) {
    (each.io.engine.transport as unknown as { ws: { pause: () => void } }).ws.pause();
    // Each entering sends the whole board.
    for (let round = 0; round < 100; round++) each.emit('join', 'board:flood').emit('leave', 'board:flood');
  }
  await sleep(4000);
  for (const each of sockets) each.disconnect();
  return nothing();
}

export const FLOODS: readonly Flood[] = [
  {
    name: '10,000 joins over one socket',
    run: async (address) => {
      const one = socket(address);
      await connected(one);
      for (let each = 0; each < 10_000; each++) one.emit('join', 'board:flood', () => undefined);
      await sleep(3000);
      one.disconnect();
      return nothing();
    },
  },
  {
    name: '137 joins at once, of 20 sockets each',
    run: async (address, games) => {
      const sockets = Array.from({ length: 20 }, () => socket(address));
      await Promise.all(sockets.map(connected));
      const seen = nothing();
      for (const each of sockets) {
        let rooms = 0;
        const joins = games.slice(0, 137).map(
          (game) =>
            new Promise<void>((resolve) => {
              each.emit('join', `game:${game}`, ({ ok }: { ok: boolean }) => {
                rooms += Number(ok);
                resolve();
              });
            }),
        );
        const late = await Promise.race([Promise.all(joins).then(() => false), sleep(10_000, true)]);
        if (late || rooms > 16) seen.unanswered++;
        each.disconnect();
      }
      return seen;
    },
  },
  {
    name: '5,000 GETs of a board at once',
    run: (address) =>
      gets(
        address,
        Array.from({ length: 5000 }, () => '/api/competitions/flood/board'),
      ),
  },
  {
    name: '2,000 GETs of different things at once',
    run: (address, games) =>
      gets(
        address,
        Array.from({ length: 2000 }, (_, each) => `/api/games/${games[each % games.length] ?? ''}?x=${each}`),
      ),
  },
  {
    name: '200 slow uploads',
    run: async (address) => {
      const head = { method: 'POST', localAddress: FLOODER, agent: false as const };
      const uploads = Array.from({ length: 200 }, () => {
        const sent = request(`${address}/api/competitions/flood/submissions`, {
          ...head,
          headers: {
            'Content-Type': 'application/gzip',
            'Content-Length': 100_000,
            Authorization: `Bearer ${process.env['ARENA_BENCH_TOKEN'] ?? ''}`,
          },
        });
        sent.on('error', () => undefined).write('x');
        return sent;
      });
      const seen = nothing();
      for (const each of uploads)
        each.on('response', (response) => {
          count(seen, response.statusCode ?? 0);
          response.resume();
        });
      await sleep(5000);
      for (const each of uploads) each.destroy();
      return seen;
    },
  },
  { name: '2,000 connections that say nothing', run: (address) => drips(address, 2000, '') },
  {
    name: '500 connections with slow headers',
    run: (address) => drips(address, 500, 'GET / HTTP/1.1\r\nX: '),
  },
  { name: '500 connections that never read their answers', run: (address) => unread(address, 500) },
  { name: '100 sockets that never read', run: (address) => deaf(address, 100) },
  {
    name: '50 sockets that send large messages',
    run: async (address) => {
      const sockets = Array.from({ length: 50 }, () => socket(address));
      await Promise.all(sockets.map(connected));
      for (const each of sockets) each.emit('join', 'x'.repeat(2 ** 20));
      await sleep(2000);
      for (const each of sockets) each.disconnect();
      return nothing();
    },
  },
];
