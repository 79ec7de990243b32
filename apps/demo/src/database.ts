/** The database of a run: the embedded server or the one DATABASE_URL names, and for `--once` a database of its own. */
import { join } from 'node:path';
import { startEmbeddedServer } from '@arena/persistence/embedded';
import type { Config } from './config.ts';
import { dropLeftOvers, makeOnceDatabase, type OnceDatabase } from './left-over.ts';

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
  await tidy(server);
  if (!throwAway) return server;
  try {
    return await makeDatabase(server);
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
    log: say,
  });
  return { url: embedded.url, isRunning: () => embedded.isRunning(), release: () => embedded.stop() };
}

async function makeDatabase(server: Database): Promise<Database> {
  let made: OnceDatabase;
  try {
    made = await makeOnceDatabase(server.url);
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
  url.pathname = `/${made.name}`;
  return {
    url: url.href,
    isRunning: server.isRunning,
    release: async () => {
      try {
        await made.drop();
      } finally {
        await server.release();
      }
    },
  };
}

/** Never keeps an arena from starting: what is wrong with the server, its first real use tells. */
async function tidy(server: Database): Promise<void> {
  try {
    for (const name of await dropLeftOvers(server.url)) say(`removed ${name}, which a killed run had left`);
  } catch (error) {
    say(`databases that killed runs left could not be looked for: ${(error as Error).message}`);
  }
}

const say = (line: string): boolean => process.stderr.write(`· ${line}\n`);
