import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { findPlace, type ServerPlace } from './binaries.ts';
import { EmbeddedServerError } from './errors.ts';
import { withLock } from './lock.ts';
import { lastLines, openServer, runningServer, stopServer } from './postmaster.ts';
import { run } from './process.ts';
import { serverUser, type SystemUser } from './user.ts';
import { addUse, endUse } from './uses.ts';

const USER = 'arena';
const urlOf = (password: string, port: number, database: string): string =>
  `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;

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
    const found = await openServer({ place, data, user, volatile: options.volatile ?? false, log });
    return { password: secret, port: found, use: addUse(place.directory) };
  });
  const url = (database: string): string => urlOf(password, port, database);
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
        if (isLast && runningServer(data) !== null) await stopServer({ place, data, user });
      });
    },
  };
}

/** The address of the server that runs on this directory's data, with the password; null if none runs. */
export async function embeddedServerUrl(directory: string, database = 'arena'): Promise<string | null> {
  const place = await findPlace(
    resolve(directory),
    serverUser(() => undefined),
    () => undefined,
  );
  const port = runningServer(join(place.directory, 'data'));
  if (port === null) return null;
  const password = readFileSync(join(place.directory, 'password'), 'utf8').trim();
  return urlOf(password, port, database);
}

/** Stops whatever server runs on this directory's data, whoever started it. */
export async function stopEmbeddedServer(directory: string): Promise<void> {
  const user = serverUser(() => undefined);
  const place = await findPlace(resolve(directory), user, () => undefined);
  const data = join(place.directory, 'data');
  await withLock(join(place.directory, 'lock'), async () => {
    if (runningServer(data) !== null) await stopServer({ place, data, user });
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
  // Under another name until initdb is through: a setup that was killed half-way is not taken for a database. The name is new
  // each time, since an initdb left behind may write into the folder of then for a moment more.
  removeHalfDone(place.directory);
  const fresh = `${data}.new-${randomBytes(4).toString('hex')}`;
  const handover = join(place.directory, 'initial-password');
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
    process.platform === 'linux',
  );
  rmSync(handover, { force: true });
  if (code !== 0) {
    throw new EmbeddedServerError(`PostgreSQL could not be set up in ${data}: ${lastLines(output)}`);
  }
  renameSync(fresh, data);
  return password;
}

/** What set-ups that were killed have left. */
function removeHalfDone(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (!/^data\.new(-[0-9a-f]+)?$/.test(name)) continue;
    try {
      rmSync(join(directory, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    } catch (error) {
      // Somebody still writes there; the next first set-up removes it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    }
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
