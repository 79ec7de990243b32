import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../database/data-source.ts';
import { migrate } from '../database/migrate.ts';
import { ShardQueue } from '../queue/shard-queue.ts';
import { currentRun, testServerUrl } from './server.ts';

export interface TestDatabase {
  url: string;
  dataSource: DataSource;
  /** Opens a queue on this database, closed with it. */
  queue(): Promise<ShardQueue>;
  /**
   * As a server that restarts: the connections of programs whose application_name begins so break, at least one, and nobody gets a
   * new one until what this gives back is called.
   */
  goAway(application: string): Promise<() => Promise<void>>;
  /** Closes all of the above and drops the database. Throws if anybody else's connection is still open: a leak. */
  close(): Promise<void>;
}

/** A database of its own for one test file, cloned in 50 ms from a migrated template. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const adminUrl = await testServerUrl();
  const name = `arena_${currentRun()}_${randomBytes(6).toString('hex')}`;
  await withClient(adminUrl, async (admin) => {
    const template = await prepareTemplate(admin, adminUrl);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  const url = databaseUrl(adminUrl, name);
  const dataSource = await openDataSource({ url, applicationName: 'test', poolSize: 12 });
  const queues: ShardQueue[] = [];
  return {
    url,
    dataSource,
    queue: async () => {
      const queue = await openQueue(url);
      queues.push(queue);
      return queue;
    },
    goAway: async (application) => {
      const allow = (are: boolean): Promise<void> =>
        withClient(adminUrl, async (admin) => {
          await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${are}`);
        });
      await allow(false);
      await withClient(adminUrl, async (admin) => {
        const { rowCount } = await admin.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND starts_with(application_name, $2)',
          [name, application],
        );
        if (rowCount === 0) throw new Error(`no program ${application} is connected`);
      });
      return () => allow(true);
    },
    close: async () => {
      for (const queue of queues) await queue.close();
      await dataSource.destroy();
      await withClient(adminUrl, async (admin) => {
        const leaked = await openConnections(admin, name);
        await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
        if (leaked.length > 0) throw new Error(`connections left open: ${leaked.join(', ')}`);
      });
    },
  };
}

/** An empty database without any table, for tests of the migrations themselves; drop it with the result. */
export async function openEmptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const adminUrl = await testServerUrl();
  const name = `arena_${currentRun()}_${randomBytes(6).toString('hex')}`;
  await withClient(adminUrl, (admin) => admin.query(`CREATE DATABASE ${name}`));
  return {
    url: databaseUrl(adminUrl, name),
    drop: async () => {
      await withClient(adminUrl, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

function openQueue(url: string): Promise<ShardQueue> {
  return ShardQueue.open({
    url,
    applicationName: 'test queue',
    onError: (error) => {
      throw error;
    },
  });
}

/** Made by the first file of a run; the others wait on the lock. */
async function prepareTemplate(admin: pg.Client, adminUrl: string): Promise<string> {
  const name = `arena_${currentRun()}_template`;
  await admin.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) {
      const building = `${name}_building`;
      await admin.query(`DROP DATABASE IF EXISTS ${building} WITH (FORCE)`);
      await admin.query(`CREATE DATABASE ${building}`);
      const url = databaseUrl(adminUrl, building);
      const dataSource = await openDataSource({ url, applicationName: 'template' });
      await migrate(dataSource);
      await dataSource.destroy();
      await (await openQueue(url)).close();
      await openConnections(admin, building);
      await admin.query(`ALTER DATABASE ${building} RENAME TO ${name}`);
    }
  } finally {
    await admin.query('SELECT pg_advisory_unlock(hashtext($1))', [name]);
  }
  return name;
}

/** Who is still connected, after the two seconds that a closing connection may take to be gone. */
async function openConnections(admin: pg.Client, database: string): Promise<string[]> {
  const deadline = Date.now() + 2000;
  for (;;) {
    const { rows } = await admin.query<{ who: string }>(
      `SELECT application_name || ' (' || coalesce(left(query, 60), '') || ')' AS who FROM pg_stat_activity
       WHERE datname = $1 AND backend_type = 'client backend'`,
      [database],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map((row) => row.who);
    await sleep(20);
  }
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'test admin' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
