import { once, type EventEmitter } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorView } from '@arena/contracts';
import { afterEach, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { DEFAULT_VISITOR_LIMITS, type VisitorLimits } from '../config/limits.ts';
import { askFrom } from '../testing/ask.ts';
import { ADMIN_TOKEN, agentArchive, startServer, type TestServer } from '../testing/server.ts';
import { MOST_PIPELINED } from './pipelining.ts';
import { AT_ONCE } from './turnstile.ts';

let server: TestServer;
const lines: Socket[] = [];
const start = async (change: Partial<VisitorLimits>): Promise<void> => {
  server = await startServer({ visitors: { ...DEFAULT_VISITOR_LIMITS, ...change } });
};
afterEach(async () => {
  for (const line of lines.splice(0)) line.destroy();
  await server.close();
});

const SCHEMA = '/api/schemas/arena.json';
const from = (address: string, path = SCHEMA, headers = {}) =>
  askFrom(address, server.address + path, headers);

async function open(localAddress: string): Promise<Socket> {
  const { hostname, port } = new URL(server.address);
  const line = connect({ host: hostname, port: Number(port), localAddress });
  lines.push(line);
  line.on('error', () => undefined);
  await once(line, 'connect');
  return line;
}

/** Also a line that is reset has closed: what it still sent may have crossed the server's last word. */
const closed = (line: Socket): Promise<unknown> => new Promise((resolve) => line.once('close', resolve));

describe('an address that sends too many requests', () => {
  it('is told to wait, on every route, and nobody else is', async () => {
    await start({ requestsPerAddress: 5 });
    for (let each = 0; each < 5; each++) expect((await from('127.0.0.1')).status).toBe(200);
    for (const path of [SCHEMA, '/nothing', '/api/docs', '/socket.io/?EIO=4&transport=polling']) {
      const { status, headers, text } = await from('127.0.0.1', path);
      expect([path, status]).toEqual([path, 429]);
      expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
      const view = JSON.parse(text) as ErrorView;
      expect([view.code, view.message]).toEqual([
        'too_many_requests',
        expect.stringMatching(/5 requests in 10 s/),
      ]);
    }
    expect((await from('127.0.0.2')).status).toBe(200);
  });

  it('is not told apart by a header that it writes itself', async () => {
    await start({ requestsPerAddress: 2 });
    const statuses = [];
    for (const name of ['10.0.0.1', '10.0.0.2', '10.0.0.3'])
      statuses.push((await from('127.0.0.1', SCHEMA, { 'X-Forwarded-For': name })).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('is the one that a trusted proxy names', async () => {
    await start({ requestsPerAddress: 1, trustProxy: 1, connectionsPerAddress: 1 });
    const statuses = [];
    // The last name is the proxy's word, what stands before it the sender's own.
    for (const names of [
      '10.0.0.1',
      '10.0.0.2',
      '10.0.0.9, 10.0.0.2',
      '2001:db8:1:2::1',
      '2001:db8:1:2::ffff',
    ])
      statuses.push((await from('127.0.0.1', SCHEMA, { 'X-Forwarded-For': names })).status);
    expect(statuses).toEqual([200, 200, 429, 200, 429]);
  });
});

describe('a /48 of IPv6', () => {
  it('has four times the requests of one of its /64, and no other has less for it', async () => {
    await start({ requestsPerAddress: 2, trustProxy: 1 });
    const ask = async (address: string): Promise<number> =>
      (await from('127.0.0.1', SCHEMA, { 'X-Forwarded-For': address })).status;
    const statuses = [];
    for (let each = 0; each < 10; each++) statuses.push(await ask(`2001:db8:1:${each}::1`));
    expect(statuses).toEqual([...Array.from({ length: 8 }, () => 200), 429, 429]);
    expect(await ask('2001:db8:2:0::1')).toBe(200);
  });
});

describe('an address with too many connections', () => {
  it('has those beyond refused and closed, and nobody else has', async () => {
    await start({ connectionsPerAddress: 3 });
    const held = [await open('127.0.0.1'), await open('127.0.0.1'), await open('127.0.0.1')];
    expect((await from('127.0.0.1')).status).toBe(429);
    const silent = await open('127.0.0.1');
    await closed(silent);
    expect((await from('127.0.0.2')).status).toBe(200);
    held[0]?.destroy();
    while ((await from('127.0.0.1')).status !== 200) await sleep(20);
  });
});

describe('a connection', () => {
  it('that never ends its headers is closed', async () => {
    await start({});
    const line = await open('127.0.0.1');
    let answer = '';
    line.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    line.write('GET /api/competitions HTTP/1.1\r\nHost: arena\r\nX-Slow: ');
    const drip = setInterval(() => line.write('x'), 1000);
    await closed(line);
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('a connection that does not wait for its answers', () => {
  const send = async (many: number): Promise<{ answers: number; line: Socket }> => {
    const line = await open('127.0.0.1');
    let text = '';
    line.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    line.write(`GET ${SCHEMA} HTTP/1.1\r\nHost: arena\r\n\r\n`.repeat(many));
    const answers = () => text.split('HTTP/1.1 200 OK').length - 1;
    while (!line.closed && answers() < many) await sleep(10);
    return { answers: answers(), line };
  };

  it('is answered up to eight requests ahead', async () => {
    await start({});
    expect((await send(MOST_PIPELINED)).answers).toBe(MOST_PIPELINED);
  });

  it('is cut beyond that, and what it sent is not read', async () => {
    await start({});
    let read = 0;
    server.application.getHttpServer().on('request', () => read++);
    const { answers, line } = await send(1000);
    expect(line.closed).toBe(true);
    expect(answers).toBeLessThanOrEqual(MOST_PIPELINED);
    expect(read).toBeLessThanOrEqual(MOST_PIPELINED + 1);
    expect((await from('127.0.0.1')).status).toBe(200);
  });
});

describe('requests that wait for the database', () => {
  it('of one address leave room for those of another', async () => {
    await start({});
    await server.openCompetition('open');
    const runner = server.database.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('LOCK TABLE "evaluation", "game" IN ACCESS EXCLUSIVE MODE');
    const id = (each: number) => `00000000-0000-4000-8000-${String(each).padStart(12, '0')}`;
    const flood = Array.from({ length: 400 }, (_, each) =>
      from('127.0.0.1', `/api/submissions/${id(each)}/games`),
    );
    const blocked = Array.from({ length: 8 }, (_, each) => from('127.0.0.1', `/api/games/${id(each)}`));
    try {
      expect((await from('127.0.0.2', '/api/competitions/open/board')).status).toBe(200);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
    // Many times what one address may have at once, and none had to be turned away.
    const statuses = (await Promise.all([...flood, ...blocked])).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([404]));
  });
});

describe('an upload that is refused while its body comes in', () => {
  const upload = '/api/competitions/demo/submissions';
  it.each([
    ['too large', upload, 'application/gzip', 413, 'archive_too_large'],
    ['of another type', upload, 'text/plain', 415, 'unsupported_media_type'],
    [
      'to a competition that is not there',
      '/api/competitions/none/submissions',
      'application/gzip',
      404,
      'competition_not_found',
    ],
    ['to an address that is not there', '/api/nothing', 'application/gzip', 404, 'not_found'],
  ])('hears why, though it is %s and closes the connection', async (_title, path, type, status, code) => {
    await start({});
    await server.openCompetition('demo');
    expect(await refusedUpload(path, type)).toMatchObject({ status, code });
  });

  it('hears why, though its address has sent too many requests', async () => {
    await start({ requestsPerAddress: 1 });
    expect((await from('127.0.0.1')).status).toBe(200);
    expect(await refusedUpload(upload, 'application/gzip')).toMatchObject({
      status: 429,
      code: 'too_many_requests',
    });
  });
});

/** Sends all of a body that is too large before anything is read, as Python's urllib and small proxies do. */
async function refusedUpload(path: string, type: string): Promise<{ status: number; code: string }> {
  const bytes = 80 * 2 ** 20;
  const line = await open('127.0.0.1');
  let text = '';
  line.on('data', (data) => (text += data.toString())).pause();
  const head = ['Host: arena', `Content-Type: ${type}`, `Content-Length: ${bytes}`, 'Connection: close'];
  head.push(`Authorization: Bearer ${ADMIN_TOKEN}`);
  line.write([`POST ${path} HTTP/1.1`, ...head, '', ''].join('\r\n'));
  const piece = Buffer.alloc(2 ** 20);
  const pieces = Readable.from(Array.from({ length: bytes / piece.length }, () => piece));
  await pipeline(pieces, line, { end: false });
  line.resume();
  await finished(line, { writable: false });
  const [first = '', body = ''] = text.split('\r\n\r\n');
  return { status: Number(first.split(' ')[1]), code: (JSON.parse(body) as ErrorView).code };
}

describe('the connections of the database', () => {
  /** Connections of the API that wait for a lock. */
  const waiting = async (): Promise<number> => {
    const [row] = await server.database.dataSource.query<{ many: number }[]>(
      `SELECT count(*)::int AS many FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'arena api' AND wait_event_type = 'Lock'`,
    );
    return row?.many ?? 0;
  };
  const id = (each: number) => `00000000-0000-4000-8000-${String(each).padStart(12, '0')}`;
  /** While whoever reads or writes games waits. */
  const whileLocked = async (work: () => Promise<void>): Promise<void> => {
    const runner = server.database.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('LOCK TABLE "game" IN ACCESS EXCLUSIVE MODE');
    try {
      await work();
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  };

  it('are shared by all that one address asks for: reads, joins and uploads leave four to others', async () => {
    await start({});
    await server.openCompetition('open');
    const sockets = Array.from({ length: 4 }, () =>
      io(server.address, { transports: ['websocket'], forceNew: true, reconnection: false }),
    );
    const ends: Promise<unknown>[] = [];
    try {
      await Promise.all(sockets.map((socket) => once(socket as unknown as EventEmitter, 'connect')));
      await whileLocked(async () => {
        for (let each = 0; each < 4; each++) {
          const archive = await agentArchive({ name: `upload-${each}` });
          ends.push(server.upload('open', archive));
        }
        while ((await waiting()) < 2) await sleep(10);
        for (const [each, socket] of sockets.entries())
          ends.push(socket.emitWithAck('join', `game:${id(each)}`));
        while ((await waiting()) < 5) await sleep(10);
        for (let each = 0; each < 40; each++) ends.push(from('127.0.0.1', `/api/games/${id(100 + each)}`));
        while ((await waiting()) < AT_ONCE) await sleep(10);
        expect((await from('127.0.0.2', '/api/competitions/open/board')).status).toBe(200);
        expect(await waiting()).toBe(AT_ONCE);
      });
      await Promise.all(ends);
    } finally {
      for (const socket of sockets) socket.disconnect();
    }
  });

  it('that an address asked for and went away from are still its own', async () => {
    await start({});
    await server.openCompetition('open');
    await whileLocked(async () => {
      for (let round = 0; round < 4; round++) {
        const gone = await Promise.all(Array.from({ length: 10 }, () => open('127.0.0.1')));
        gone.forEach((line, each) =>
          line.write(`GET /api/games/${id(round * 10 + each)} HTTP/1.1\r\nHost: arena\r\n\r\n`),
        );
        while ((await waiting()) < AT_ONCE) await sleep(10);
        for (const line of gone) line.destroy();
      }
      expect((await from('127.0.0.2', '/api/competitions/open/board')).status).toBe(200);
      expect(await waiting()).toBe(AT_ONCE);
    });
    expect((await from('127.0.0.1', `/api/games/${id(1)}`)).status).toBe(404);
  });
});
