import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { findPlace, type ServerPlace } from './binaries.ts';
import { EmbeddedServerError } from './errors.ts';
import { withLock } from './lock.ts';
import { freePort } from './port.ts';
import { isAlive, run } from './process.ts';
import { serverUser, type SystemUser } from './user.ts';
import { addUse, endUse } from './uses.ts';

const USER = 'arena';
const PREFERRED_PORT = 54_329;

export interface EmbeddedOptions {
  /** Everything lies below: data, password, log. */
  directory: string;
  /** Made if missing. Default `arena`. */
  database?: string;
  /** For tests: no fsync, so that a crash of the machine may lose data and nothing waits for a disk. */
  volatile?: boolean;
  /** Progress lines for people. */
  log?: (line: string) => void;
}

export interface EmbeddedServer {
  /** With the password: never print it. */
  url: string;
  port: number;
  /** Whether it still runs; a look at a file and a process, cheap enough for every few seconds. */
  isRunning(): boolean;
  /** Gives it back; whoever is the last to do so, of all processes that started or found it, stops it. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL from npm's binaries, or finds it running: data survive, a port that is taken is replaced by a free
 * one, what a kill -9 left behind is cleared away. Throws {@link EmbeddedServerError}.
 */
export async function startEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const log = options.log ?? (() => undefined);
  const user = serverUser(log);
  const place = await findPlace(resolve(options.directory), user, log);
  const data = join(place.directory, 'data');
  const { password, port, use } = await withLock(join(place.directory, 'lock'), async () => {
    const secret = await initialise(place, data, user, log);
    const found = runningServer(data) ?? (await launch(place, data, user, options.volatile ?? false));
    return { password: secret, port: found, use: addUse(place.directory) };
  });
  const url = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
  const database = options.database ?? 'arena';
  await createDatabase(url('postgres'), database);
  let stopped = false;
  return {
    url: url(database),
    port,
    isRunning: () => runningServer(data) !== null,
    stop: async () => {
      if (stopped) return;
      stopped = true;
      await withLock(join(place.directory, 'lock'), async () => {
        const isLast = endUse(place.directory, use);
        if (isLast && runningServer(data) !== null) await stopServer(place, data, user);
      });
    },
  };
}

/** Stops whatever server runs on this directory's data, whoever started it. */
export async function stopEmbeddedServer(directory: string): Promise<void> {
  const user = serverUser(() => undefined);
  const place = await findPlace(resolve(directory), user, () => undefined);
  const data = join(place.directory, 'data');
  await withLock(join(place.directory, 'lock'), async () => {
    if (runningServer(data) !== null) await stopServer(place, data, user);
  });
}

async function initialise(
  place: ServerPlace,
  data: string,
  user: SystemUser | null,
  log: (line: string) => void,
): Promise<string> {
  const passwordFile = join(place.directory, 'password');
  if (existsSync(data)) {
    if (existsSync(passwordFile)) return readFileSync(passwordFile, 'utf8').trim();
    throw new EmbeddedServerError(
      `${passwordFile} is missing, so the database beside it cannot be opened. ` +
        `Put it back, or remove ${place.directory} to begin with an empty database.`,
    );
  }
  log(`setting up PostgreSQL in ${data}`);
  const password = randomBytes(24).toString('base64url');
  // Under another name until initdb is through: a setup that was killed half-way is not taken for a database.
  const fresh = `${data}.new`;
  const handover = join(place.directory, 'initial-password');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  writeFileSync(handover, password, { mode: 0o600 });
  if (user) for (const path of [fresh, handover]) chownSync(path, user.uid, user.gid);
  const { code, output } = await run(
    place.initdb,
    [
      ...['-D', fresh, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${handover}`, '-E', 'UTF8'],
      ...[
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-sync',
        '--no-instructions',
      ],
    ],
    user,
    '/',
  );
  rmSync(handover, { force: true });
  if (code !== 0) {
    throw new EmbeddedServerError(`PostgreSQL could not be set up in ${data}: ${lastLines(output)}`);
  }
  renameSync(fresh, data);
  return password;
}

/** The port of the server that runs on these data, or null; a pid file left by a dead server is removed. */
function runningServer(data: string): number | null {
  const file = join(data, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (pid > 0 && isAlive(pid, data)) return Number(lines[3]);
  rmSync(file, { force: true });
  return null;
}

async function launch(
  place: ServerPlace,
  data: string,
  user: SystemUser | null,
  volatile: boolean,
): Promise<number> {
  const logFile = join(place.directory, 'server.log');
  if (!existsSync(logFile)) writeFileSync(logFile, '', { mode: 0o600 });
  if (user) chownSync(logFile, user.uid, user.gid);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(volatile ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  let output = '';
  // Another program may take the port between the look and the start; a second look finds another.
  for (let attempt = 0; attempt < 3; attempt++) {
    const port = await freePort({ preferred: PREFERRED_PORT });
    const flags = Object.entries({ ...settings, port: String(port) }).map(
      ([name, value]) => `-c ${name}='${value}'`,
    );
    const started = await run(
      place.pgCtl,
      ['-D', data, '-w', '-t', '60', '-l', logFile, '-o', flags.join(' '), 'start'],
      user,
      '/',
    );
    if (started.code === 0) return port;
    output = started.output;
  }
  throw new EmbeddedServerError(
    `PostgreSQL did not start on ${data}: ${lastLines(output)}; its own words: ${lastLines(readFileSync(logFile, 'utf8'))}`,
  );
}

async function stopServer(place: ServerPlace, data: string, user: SystemUser | null): Promise<void> {
  const { code, output } = await run(
    place.pgCtl,
    ['-D', data, '-w', '-t', '30', '-m', 'fast', 'stop'],
    user,
    '/',
  );
  if (code !== 0 && existsSync(join(data, 'postmaster.pid'))) {
    throw new EmbeddedServerError(`PostgreSQL did not stop: ${lastLines(output)}`);
  }
}

async function createDatabase(adminUrl: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } catch (error) {
    // 42P04, 23505: another start made it in the meantime.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  } finally {
    await client.end();
  }
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-5).join(' | ');
}
