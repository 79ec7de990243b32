/** The database of a run: the embedded server or the one DATABASE_URL names, and for `--once` a database of its own. */
import { join } from 'node:path';
import { startEmbeddedServer } from '@arena/persistence/embedded';
import pg from 'pg';
import type { Config } from './config.ts';

export interface Database {
  url: string;
  /** False once the embedded server is gone; one that DATABASE_URL names is watched through the API alone. */
  isRunning: () => boolean;
  /** Stops what was started here and drops what was made for this run. */
  release: () => Promise<void>;
}

/** Starts or finds the server. `throwAway`: with a new database that is dropped at release. */
export async function openDatabase(config: Config, throwAway: boolean): Promise<Database> {
  const server = await openServer(config);
  if (!throwAway) return server;
  try {
    return await makeDatabase(server, `arena_once_${process.pid}_${Date.now()}`);
  } catch (error) {
    await server.release();
    throw error;
  }
}

async function openServer(config: Config): Promise<Database> {
  if (config.databaseUrl !== undefined)
    return { url: config.databaseUrl, isRunning: () => true, release: () => Promise.resolve() };
  const embedded = await startEmbeddedServer({
    directory: join(config.data, 'postgres'),
    log: (line) => process.stderr.write(`· ${line}\n`),
  });
  return { url: embedded.url, isRunning: () => embedded.isRunning(), release: () => embedded.stop() };
}

async function makeDatabase(server: Database, name: string): Promise<Database> {
  try {
    await execute(server.url, `CREATE DATABASE ${name}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // 42501: insufficient_privilege. Anything else is told as it is: no server, a wrong password.
    if ((error as { code?: unknown }).code !== '42501') {
      throw new Error(
        `DATABASE_URL's server cannot be used: ${reason || 'no reason given'}. Check that it runs and that the address and password are right.`,
        { cause: error },
      );
    }
    throw new Error(
      `--once works in a database of its own so as to leave yours alone, and could not make it: ${reason}. Give DATABASE_URL a user that may create databases.`,
      { cause: error },
    );
  }
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    isRunning: server.isRunning,
    release: async () => {
      try {
        await execute(server.url, `DROP DATABASE ${name} WITH (FORCE)`);
      } finally {
        await server.release();
      }
    },
  };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
