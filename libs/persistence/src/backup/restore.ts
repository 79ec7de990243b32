import { randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { MIGRATIONS } from '@arena/migrations';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { openDataSource } from '../database/data-source.ts';
import { migrate } from '../database/migrate.ts';
import { ShardQueue } from '../queue/shard-queue.ts';
import { BackupError } from './errors.ts';
import { keyOf, type BackupFooter, type BackupHeader } from './format.ts';
import { BackupReader, verifyBackup } from './read.ts';
import { named, queueSchema, tablesOf } from './write.ts';

export interface RestoreOptions {
  /** Of the database that the backup becomes; its user may make databases and switch off triggers. */
  url: string;
  path: string;
  /** Also where the database holds an arena already, which is lost. */
  replace?: boolean;
  progress?: (share: number) => void;
  signal?: AbortSignal;
}

export interface Restored {
  readonly created: string;
  readonly rows: number;
  /** Names of migrations that the backup did not have yet. */
  readonly migrated: readonly string[];
}

const APPLICATION = 'arena restore';
const PREFIX = 'arena_restore_';
/** Reading the file for its checksum is a small part of the work. */
const CHECKING = 0.1;

/**
 * Puts a backup back: into a new database first, which takes the other one's name in one transaction once it is whole. On any error
 * the database is what it was. Rejects with {@link BackupError}, an error of pg's or the file system's, or the signal's reason.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { path, progress, signal } = options;
  await verifyBackup(path, (share) => progress?.(share * CHECKING));
  const database = decodeURIComponent(new URL(options.url).pathname.slice(1));
  return withClient(urlOf(options.url, 'postgres'), async (admin) => {
    await refuseUnlessFree(admin, options, database);
    // What another restore works on would look like a left-over.
    const { rows } = await admin.query<{ mine: boolean }>(
      'SELECT pg_try_advisory_lock(hashtext($1)) AS mine',
      [PREFIX],
    );
    if (rows[0]?.mine !== true)
      throw new BackupError('another restore is under way on this server: wait until it has ended');
    await dropLeftOvers(admin);
    const fresh = `${PREFIX}${randomBytes(6).toString('hex')}`;
    await admin.query(`CREATE DATABASE ${fresh}`);
    try {
      const restored = await fill(urlOf(options.url, fresh), options);
      signal?.throwIfAborted();
      await takePlace(admin, fresh, database);
      progress?.(1);
      return restored;
    } catch (error) {
      await admin.query(`DROP DATABASE IF EXISTS ${fresh} WITH (FORCE)`);
      throw error;
    }
  });
}

/** Throws if somebody is connected to the database, or it holds an arena that is not to be replaced. */
async function refuseUnlessFree(
  admin: pg.Client,
  { url, replace }: RestoreOptions,
  database: string,
): Promise<void> {
  const { rows } = await admin.query<{ who: string }>(
    `SELECT DISTINCT application_name AS who FROM pg_stat_activity
     WHERE datname = $1 AND backend_type = 'client backend'`,
    [database],
  );
  if (rows.length > 0) throw running(rows.map(({ who }) => who));
  if (replace === true) return;
  const held = await withClient(url, contents);
  if (held !== null)
    throw new BackupError(
      `this arena is not empty: it has ${held}. Restore into another folder with --data, or say --replace to lose it`,
    );
}

const running = (who: readonly string[]): BackupError =>
  new BackupError(
    `the arena is in use (by ${who.map((name) => name || 'a program without a name').join(', ')}): stop npm start and all workers first`,
  );

/** What would be lost; null for an empty database. */
async function contents(client: pg.Client): Promise<string | null> {
  const tables = (await tablesOf(client)).filter(({ schema }) => schema === 'public');
  const counted: string[] = [];
  for (const { name } of tables.filter((table) => ['competition', 'submission'].includes(table.name))) {
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) AS count FROM public.${client.escapeIdentifier(name)}`,
    );
    const count = Number(rows[0]?.count);
    if (count > 0) counted.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return counted.length === 0 ? null : counted.join(' and ');
}

/** What restores that were killed have left. */
async function dropLeftOvers(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database d WHERE starts_with(datname, $1)
     AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`,
    [PREFIX],
  );
  for (const { name } of rows) await admin.query(`DROP DATABASE IF EXISTS ${admin.escapeIdentifier(name)}`);
}

/** The schema that the backup was made with, its rows, then what this checkout has added to the schema. */
async function fill(url: string, options: RestoreOptions): Promise<Restored> {
  const reader = await BackupReader.open(options.path, (share) =>
    options.progress?.(CHECKING + share * (0.99 - CHECKING)),
  );
  try {
    const header = await reader.header();
    await prepare(url, header);
    const rows = await withClient(url, (client) => load(client, header, reader, options.signal));
    const dataSource = await openDataSource({ url, applicationName: APPLICATION });
    try {
      return { created: header.created, rows, migrated: await migrate(dataSource) };
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await reader.close();
  }
}

async function prepare(url: string, { migrations, queueSchema: wanted }: BackupHeader): Promise<void> {
  const known = MIGRATIONS.map(({ name }) => name);
  const strange = migrations.find((name) => !known.includes(name));
  if (strange !== undefined)
    throw new BackupError(
      `the backup was made by a newer checkout: migration ${strange} is not known here. Update this checkout (git pull), then restore`,
    );
  const dataSource = await openDataSource({
    ...{ url, applicationName: APPLICATION },
    migrations: MIGRATIONS.filter(({ name }) => migrations.includes(name)),
  });
  try {
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
  const failed: Error[] = [];
  const queue = await ShardQueue.open({
    ...{ url, applicationName: APPLICATION },
    onError: (error) => {
      failed.push(error);
    },
  });
  await queue.close();
  if (failed[0]) throw failed[0];
  const here = await withClient(url, queueSchema);
  if (wanted !== null && wanted !== here)
    throw new BackupError(
      `the backup's queue has version ${wanted} of pg-boss's tables, and this checkout has ${here ?? 'none'}: restore with the checkout that made it, and update that one then`,
    );
}

async function load(
  client: pg.Client,
  { tables }: BackupHeader,
  reader: BackupReader,
  signal: AbortSignal | undefined,
): Promise<number> {
  const here = new Map((await tablesOf(client)).map((table) => [keyOf(table), table]));
  await client.query('BEGIN');
  // The rows come from one snapshot, in which they fitted together; tables refer to each other in circles.
  await client.query('SET LOCAL session_replication_role = replica');
  const counted: BackupFooter['rows'] = {};
  for (const table of tables) {
    const target = here.get(keyOf(table));
    if (!target || table.columns.some((column) => !target.columns.includes(column)))
      throw new BackupError(
        `the backup has the table ${keyOf(table)}, which this checkout makes otherwise: restore with the checkout that made it`,
      );
  }
  if (tables.length > 0)
    await client.query(
      `TRUNCATE ${tables.map(({ schema, name }) => `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`).join(', ')}`,
    );
  for (const table of tables) {
    const copy = client.query(copyFrom(`COPY ${named(client, table)} FROM STDIN`));
    await pipeline(reader.table(), copy, signal ? { signal } : {});
    counted[keyOf(table)] = copy.rowCount;
  }
  const { rows, sequences } = await reader.footer();
  for (const [key, count] of Object.entries(rows))
    if (counted[key] !== count)
      throw new BackupError(`${key} has ${counted[key] ?? 0} rows where the backup tells of ${count}`);
  for (const { schema, name, value } of sequences)
    await client.query('SELECT setval(format($1, $2::text, $3::text)::regclass, $4::bigint)', [
      ...['%I.%I', schema, name, value],
    ]);
  await client.query('COMMIT');
  await client.query('ANALYZE');
  return Object.values(counted).reduce((sum, count) => sum + count, 0);
}

/** Both names change in one transaction: whoever looks finds the one database or the other. */
async function takePlace(admin: pg.Client, fresh: string, database: string): Promise<void> {
  const former = `${PREFIX}former_${randomBytes(6).toString('hex')}`;
  const name = admin.escapeIdentifier(database);
  try {
    await admin.query('BEGIN');
    await admin.query(`ALTER DATABASE ${name} RENAME TO ${former}`);
    await admin.query(`ALTER DATABASE ${fresh} RENAME TO ${name}`);
    await admin.query('COMMIT');
  } catch (error) {
    await admin.query('ROLLBACK');
    // 55006: object_in_use.
    if ((error as { code?: string }).code === '55006') throw running(['a program that has just begun']);
    throw error;
  }
  await admin.query(`DROP DATABASE ${former} WITH (FORCE)`);
}

function urlOf(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: APPLICATION });
  // What breaks the connection breaks the query too, which tells it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
