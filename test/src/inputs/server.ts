import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@arena/persistence/embedded';
import { openTestDatabase } from '@arena/persistence/testing';

export const TOKEN = 'token-of-the-fuzzer';
const MAIN = fileURLToPath(new URL('../../../apps/api/dist/main.js', import.meta.url));
const START_MS = 60_000;
const PAGE_BYTES = 4096;
/** Whatever is kept for ever ends the API at this. */
const HEAP_MIB = 192;

/** The API as its own process, over a PostgreSQL of its own. */
export interface Server {
  readonly port: number;
  memoryMiB(): number;
  /** Lines of its log that tell a fault of ours, or that it ended; null: none. */
  fault(): string | null;
  close(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const database = await openTestDatabase();
  const port = await freePort({ host: '127.0.0.1' });
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MIB}`, MAIN], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: database.url,
      PORT: String(port),
      ARENA_ADMIN_TOKEN: TOKEN,
      ARENA_OPEN_SUBMISSIONS: 'true',
      ARENA_MAX_UPLOAD_BYTES: String(2 ** 20),
      // All of it comes from one address: with the limits of a visitor most inputs would be turned away unread.
      ARENA_REQUESTS_PER_ADDRESS: '10000000',
      ARENA_JOINS_PER_ADDRESS: '10000000',
      ARENA_MESSAGES_PER_SOCKET: '1000000',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const faults: string[] = [];
  let rest = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines)
      if (/internal error|fatal|joining failed|Unhandled/i.test(line)) faults.push(line);
    if (faults.length > 20) faults.length = 20;
  });
  child.once('exit', (code, signal) => {
    faults.push(`the API ended (${code ?? signal ?? '?'})`);
  });
  const server: Server = {
    port,
    memoryMiB: () => residentMiB(child),
    fault: () => faults[0] ?? null,
    close: async () => {
      if (child.exitCode === null) {
        child.kill();
        await once(child, 'exit');
      }
      await database.close();
    },
  };
  const end = Date.now() + START_MS;
  while (!(await isReady(port))) {
    if (child.exitCode === null && Date.now() < end) {
      await sleep(100);
      continue;
    }
    await server.close();
    throw new Error(`the API did not start: ${faults[0] ?? rest}`);
  }
  return server;
}

async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/api/competitions`).then(
    ({ ok }) => ok,
    () => false,
  );
}

function residentMiB({ pid, exitCode }: ChildProcess): number {
  if (pid === undefined || exitCode !== null) return 0;
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return (pages * PAGE_BYTES) / 2 ** 20;
}
