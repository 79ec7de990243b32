import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedServer, stopEmbeddedServer } from '../embedded/index.ts';
import { isAlive } from '../embedded/process.ts';

/** One server for all test files and all test runs of this checkout; the last run to end stops it. */
const DIRECTORY = fileURLToPath(new URL('../../../../.arena/test-postgres', import.meta.url));
const RUNS = join(DIRECTORY, 'runs');

/** Programs that use the server under test, as their command lines have it. */
const USERS = ['jest', 'inputs/cli'];

/** Names the databases of one test run; set by the global set-up and inherited by Jest's workers. */
const RUN_VARIABLE = 'ARENA_TEST_RUN';

export function currentRun(): string {
  return process.env[RUN_VARIABLE] ?? `solo${process.pid}`;
}

/** The address of the `postgres` database of the server under test; starts the embedded one if need be. */
export async function testServerUrl(): Promise<string> {
  const given = givenUrl();
  mkdirSync(RUNS, { recursive: true });
  writeFileSync(usedMark(), '');
  if (given) return given;
  const server = await startEmbeddedServer({ directory: DIRECTORY, database: 'postgres', volatile: true });
  return server.url;
}

/** Says that this run has made databases: most runs of one folder need no server, and none is started to clean up. */
function usedMark(): string {
  return join(RUNS, `${currentRun()}.used`);
}

function givenUrl(): string | undefined {
  const given = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'];
  return given === '' ? undefined : given;
}

export function beginRun(): void {
  process.env[RUN_VARIABLE] = `run${process.pid}`;
  mkdirSync(RUNS, { recursive: true });
  writeFileSync(join(RUNS, String(process.pid)), '');
}

/** Removes what this run made, and stops the embedded server if no other run uses it. */
export async function endRun(): Promise<void> {
  rmSync(join(RUNS, String(process.pid)), { force: true });
  const others = readdirSync(RUNS).filter(
    (name) => /^\d+$/.test(name) && USERS.some((mark) => isAlive(Number(name), mark)),
  );
  const last = !givenUrl() && others.length === 0;
  // The last run of an embedded server clears away what killed runs have left, too.
  if (existsSync(usedMark())) await dropDatabases(last ? 'arena_' : `arena_${currentRun()}_`);
  rmSync(usedMark(), { force: true });
  if (last) await stopEmbeddedServer(DIRECTORY);
}

async function dropDatabases(prefix: string): Promise<void> {
  const client = new pg.Client({ connectionString: await testServerUrl() });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of rows) {
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(datname)} WITH (FORCE)`);
    }
  } finally {
    await client.end();
  }
}

/** A run outside Jest: what it made is removed at its end. */
export async function testRun<T>(work: () => Promise<T>): Promise<T> {
  beginRun();
  try {
    return await work();
  } finally {
    await endRun();
  }
}
