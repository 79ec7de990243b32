/** One PostgreSQL on one folder of data: whether it runs, its start, its end. Called under the server's lock. */
import { chownSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerPlace } from './binaries.ts';
import { EmbeddedServerError } from './errors.ts';
import { freePort } from './port.ts';
import { isAlive, run, serverProcessesIn } from './process.ts';
import type { SystemUser } from './user.ts';

const PREFERRED_PORT = 54_329;
/**
 * How long a start may show nothing new before it counts as stuck. While it recovers, the server writes a line every 10 s; one
 * of its own checkpoints on a slow disk may take a minute without one.
 */
const STALLED_MS = 180_000;
/** Processes of a server that was killed end by themselves once they notice, a busy one when its query ends. */
const ORPHANS_MS = 10_000;
/** From pg_ctl's end until the server's process is in its folder: some ms, on a crowded machine some hundred. */
const APPEARS_MS = 5_000;
/** From the end of the server's file until the end of its process. */
const LEAVES_MS = 30_000;
const POLL_MS = 50;
/** A line for the person who waits. */
const SAY_MS = 10_000;

export interface Postmaster {
  place: ServerPlace;
  data: string;
  user: SystemUser | null;
}

interface Start extends Postmaster {
  volatile: boolean;
  log: (line: string) => void;
}

interface Found {
  pid: number;
  port: number;
  /** PostgreSQL's word: starting, ready, stopping. */
  status: string;
}

/** The port of a server on these data that takes connections: of the one that runs already, or of one that is started. */
export async function openServer(start: Start): Promise<number> {
  let output = '';
  // Another program may take the port between the look and the start, and a server that is found may be about to end.
  for (let attempt = 0; attempt < 4; attempt++) {
    if (found(start.data) === null) {
      await clearOrphans(start);
      output = await launch(start);
    }
    const port = await untilReady(start);
    if (port !== null) return port;
  }
  throw new EmbeddedServerError(
    `PostgreSQL did not start on ${start.data}: ${lastLines(output)}; its own words: ${lastLines(readFileSync(logOf(start.place), 'utf8'))}`,
  );
}

/** The port of the server that runs on these data, or null. */
export function runningServer(data: string): number | null {
  return found(data)?.port ?? null;
}

/** Stops it in an orderly way; resolves once it is gone. Throws {@link EmbeddedServerError}. */
export async function stopServer({ place, data, user }: Postmaster): Promise<void> {
  const pid = found(data)?.pid;
  const { code, output } = await run(
    place.pgCtl,
    ['-D', data, '-w', '-t', '60', '-m', 'fast', 'stop'],
    user,
    '/',
  );
  if (code !== 0 && existsSync(join(data, 'postmaster.pid'))) {
    throw new EmbeddedServerError(`PostgreSQL did not stop: ${lastLines(output)}`);
  }
  // It takes its file away, which is all that pg_ctl looks at, some ms before its process ends.
  const end = Date.now() + LEAVES_MS;
  while (pid !== undefined && isAlive(pid, data)) {
    if (Date.now() > end) {
      throw new EmbeddedServerError(
        `PostgreSQL (process ${pid}) took its file away but has not ended for ${LEAVES_MS / 1000} s; end it with SIGKILL`,
      );
    }
    await sleep(POLL_MS);
  }
}

/** The last lines of what a program printed, in one. */
export function lastLines(text: string): string {
  return text.trim().split('\n').slice(-5).join(' | ');
}

const logOf = (place: ServerPlace): string => join(place.directory, 'server.log');

/** What the server's own file says of it; a file left by a dead server is removed. */
function found(data: string): Found | null {
  const file = join(data, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (pid > 0 && isAlive(pid, data))
    return { pid, port: Number(lines[3]) || 0, status: (lines[7] ?? '').trim() || 'starting' };
  rmSync(file, { force: true });
  return null;
}

/**
 * Waits for the processes of a server whose first one was killed: while one of them has its memory, no new server starts. What
 * stays longer is ended; its server is dead, so it can commit nothing any more.
 */
async function clearOrphans({ data, log }: Start): Promise<void> {
  const end = Date.now() + ORPHANS_MS;
  while (serverProcessesIn(data).length > 0 && Date.now() < end) await sleep(POLL_MS);
  const left = serverProcessesIn(data);
  if (left.length === 0) return;
  log(`ending ${left.length} processes that a killed PostgreSQL has left`);
  for (const pid of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  while (serverProcessesIn(data).length > 0 && Date.now() < end + ORPHANS_MS) await sleep(POLL_MS);
}

/** Has it started, without waiting until it is ready; resolves to what was said meanwhile. */
async function launch({ place, data, user, volatile }: Start): Promise<string> {
  const logFile = logOf(place);
  if (!existsSync(logFile)) writeFileSync(logFile, '', { mode: 0o600 });
  if (user) chownSync(logFile, user.uid, user.gid);
  const settings = {
    port: String(await freePort({ preferred: PREFERRED_PORT })),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(volatile ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const { output } = await run(
    place.pgCtl,
    ['-D', data, '-W', '-l', logFile, '-o', flags.join(' '), 'start'],
    user,
    '/',
  );
  // Without -w pg_ctl returns before the server has written its file, or even changed to its folder.
  const begin = Date.now();
  const mayCome = (): boolean =>
    Date.now() - begin < (serverProcessesIn(data).length > 0 ? STALLED_MS : APPEARS_MS);
  while (!existsSync(join(data, 'postmaster.pid')) && mayCome()) await sleep(POLL_MS);
  return output;
}

/**
 * Waits until the server takes connections, for as long as it gets on: its log grows, or its state changes. Resolves to its
 * port, or to null once there is no server any more. Throws {@link EmbeddedServerError} where it is stuck.
 */
async function untilReady({ place, data, log }: Start): Promise<number | null> {
  let seen = '';
  let moved = Date.now();
  let said = Date.now();
  for (;;) {
    const server = found(data);
    if (server === null) return null;
    if (server.status === 'ready' && server.port > 0) return server.port;
    const now = `${server.pid} ${server.status} ${sizeOf(logOf(place))}`;
    if (now !== seen) moved = Date.now();
    seen = now;
    if (Date.now() - moved > STALLED_MS) {
      throw new EmbeddedServerError(
        `PostgreSQL (process ${server.pid}) is "${server.status}" and shows nothing new for ${STALLED_MS / 1000} s; its last words: ${lastLines(readFileSync(logOf(place), 'utf8'))}`,
      );
    }
    if (Date.now() - said > SAY_MS) {
      said = Date.now();
      log(
        `waiting for PostgreSQL, which is ${server.status}: ${lastLine(readFileSync(logOf(place), 'utf8'))}`,
      );
    }
    await sleep(POLL_MS);
  }
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
