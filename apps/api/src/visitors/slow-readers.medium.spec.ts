/** Who asks for much and reads little, over real connections. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ErrorView } from '@arena/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_VISITOR_LIMITS, type VisitorLimits } from '../config/limits.ts';
import { askFrom } from '../testing/ask.ts';
import { startServer, type TestServer } from '../testing/server.ts';

/** More than what the systems of both ends take before anybody reads: 4 MiB and 6 MiB at most by Linux's defaults. */
const BYTES = 24 * 2 ** 20;

let folder: string;
let server: TestServer;
const lines: Socket[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-slow-readers-'));
  await writeFile(join(folder, 'large.bin'), randomBytes(BYTES));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  for (const line of lines.splice(0)) line.destroy();
  await server.close();
});
const start = async (change: Partial<VisitorLimits>): Promise<void> => {
  server = await startServer({ webDir: folder, visitors: { ...DEFAULT_VISITOR_LIMITS, ...change } });
};

/** Asks for the large file and takes `bytes` of its answer every `everyMs`. */
async function read(bytes: number, everyMs: number, localAddress = '127.0.0.1') {
  const { hostname, port } = new URL(server.address);
  const seen = { bytes: 0, isClosed: false };
  // A buffer of this size is what one read takes from the system; false stops reading.
  const onread = {
    buffer: Buffer.alloc(bytes),
    callback: (count: number) => {
      seen.bytes += count;
      setTimeout(() => line.resume(), everyMs);
      return false;
    },
  };
  const line = connect({ host: hostname, port: Number(port), localAddress, onread });
  lines.push(line);
  line.on('error', () => undefined).on('close', () => (seen.isClosed = true));
  await once(line, 'connect');
  line.write('GET /large.bin HTTP/1.1\r\nHost: arena\r\n\r\n');
  return seen;
}

const connections = async (): Promise<number> => {
  const http = server.application.getHttpServer() as Server;
  return promisify(http.getConnections.bind(http))();
};

describe('an answer', () => {
  it('that is read byte by byte is cut off, and one that is read at a fair pace is not', async () => {
    await start({ answerBytesPerSecond: 2 ** 20, answerWindowSeconds: 1 });
    const slow = await read(1, 100);
    // What the reader's own system holds still comes; the server's end is gone.
    while ((await connections()) > 0) await sleep(20);
    expect(slow.bytes).toBeLessThan(1000);
    const fair = await read(2 ** 18, 20);
    while (fair.bytes < BYTES && !fair.isClosed) await sleep(20);
    expect(fair.bytes).toBeGreaterThan(BYTES);
  });

  it('is refused to an address that leaves too much unread, and to nobody else', async () => {
    await start({ unreadBytesPerAddress: 2 ** 17 });
    const ask = (from: string) => askFrom(from, `${server.address}/api/schemas/arena.json`);
    for (let each = 0; each < 8; each++) await read(1, 1000);
    let told = await ask('127.0.0.1');
    for (; told.status === 200; told = await ask('127.0.0.1')) await sleep(20);
    const { code, message } = JSON.parse(told.text) as ErrorView;
    expect([told.status, code, told.headers['retry-after']]).toEqual([429, 'too_many_requests', '5']);
    expect(message).toMatch(/MiB of answers unread.*Read them or close/);
    expect((await ask('127.0.0.2')).status).toBe(200);
    expect((await askFrom('127.0.0.1', `${server.address}/healthz`)).status).toBe(200);
    for (const line of lines.splice(0)) line.destroy();
    while ((await ask('127.0.0.1')).status !== 200) await sleep(20);
  });
});
