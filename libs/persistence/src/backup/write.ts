import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { SCHEMA } from '../queue/schema.ts';
import { BackupError } from './errors.ts';
import { MAGIC, frame, keyOf, type BackedUpTable, type BackupFooter, type BackupHeader } from './format.ts';

export interface Progress {
  /** From 0 to 1. */
  (share: number): void;
}

export interface BackupOptions {
  /** Of the database. */
  url: string;
  path: string;
  overwrite?: boolean;
  progress?: Progress;
  signal?: AbortSignal;
}

export interface BackedUp {
  readonly header: BackupHeader;
  readonly bytes: number;
  readonly rows: number;
}

/** The migrations' own table: a restored database has it from its migrations. */
const MIGRATION_TABLE = 'migration';

/**
 * Writes all tables of one moment into a file that only its owner can read, and that is there whole or not at all; the arena may go
 * on meanwhile. Rejects with {@link BackupError}, an error of pg's or the file system's, or the signal's reason.
 */
export async function writeBackup(options: BackupOptions): Promise<BackedUp> {
  const path = resolve(options.path);
  if (options.overwrite !== true && existsSync(path))
    throw new BackupError(`${options.path} is there already; choose another name or say --force`);
  const client = new pg.Client({ connectionString: options.url, application_name: 'arena backup' });
  // What breaks the connection breaks the query too, which tells it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const header = await readHeader(client);
    const counted = { rows: 0 };
    const bytes = await saveAtomically(path, framesOf(client, header, options, counted));
    return { header, bytes, rows: counted.rows };
  } finally {
    await client.end();
  }
}

async function readHeader(client: pg.Client): Promise<BackupHeader> {
  const { rows: known } = await client.query<{ is: boolean }>(
    `SELECT to_regclass('public.${MIGRATION_TABLE}') IS NOT NULL AS is`,
  );
  if (known[0]?.is !== true)
    throw new BackupError(
      'the database has no tables yet: there is nothing to back up before a first npm start',
    );
  const { rows: migrations } = await client.query<{ name: string }>(
    `SELECT name FROM public.${MIGRATION_TABLE} ORDER BY timestamp`,
  );
  return {
    created: new Date().toISOString(),
    migrations: migrations.map(({ name }) => name),
    queueSchema: await queueSchema(client),
    tables: (await tablesOf(client)).filter(({ name }) => name !== MIGRATION_TABLE),
  };
}

/** Version of pg-boss's tables, null where there are none. */
export async function queueSchema(client: pg.Client): Promise<number | null> {
  const { rows } = await client.query<{ is: boolean }>(
    `SELECT to_regclass('${SCHEMA}.version') IS NOT NULL AS is`,
  );
  if (rows[0]?.is !== true) return null;
  const { rows: versions } = await client.query<{ version: number }>(`SELECT version FROM ${SCHEMA}.version`);
  return versions[0]?.version ?? null;
}

/** All tables that hold rows themselves, with the columns that are stored and not computed. */
export async function tablesOf(client: pg.Client): Promise<BackedUpTable[]> {
  const { rows } = await client.query<BackedUpTable>(
    `SELECT n.nspname AS schema, c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relkind = 'r' AND n.nspname IN ('public', $1) GROUP BY 1, 2 ORDER BY 1, 2`,
    [SCHEMA],
  );
  return rows;
}

async function* framesOf(
  client: pg.Client,
  header: BackupHeader,
  { progress, signal }: BackupOptions,
  counted: { rows: number },
): AsyncGenerator<Buffer, void, undefined> {
  const { rows: sizes } = await client.query<{ bytes: string }>(
    `SELECT coalesce(sum(pg_table_size(c.oid)), 0) AS bytes FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname IN ('public', $1)`,
    [SCHEMA],
  );
  const expected = Math.max(1, Number(sizes[0]?.bytes));
  let done = 0;
  yield* frame(Buffer.from(JSON.stringify(header)));
  const rows: BackupFooter['rows'] = {};
  for (const table of header.tables) {
    const copy = client.query(copyTo(`COPY ${named(client, table)} TO STDOUT`));
    for await (const piece of copy as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      if (piece.length > 0) yield* frame(piece);
      done += piece.length;
      // Text is longer than what is stored, or shorter: an estimate, which ends with the work.
      progress?.(Math.min(0.99, done / (2 * expected)));
    }
    yield* frame(Buffer.alloc(0));
    rows[keyOf(table)] = copy.rowCount;
    counted.rows += copy.rowCount;
  }
  const { rows: sequences } = await client.query<BackupFooter['sequences'][number]>(
    `SELECT schemaname AS schema, sequencename AS name, last_value::text AS value FROM pg_sequences
     WHERE schemaname IN ('public', $1) AND last_value IS NOT NULL`,
    [SCHEMA],
  );
  yield* frame(Buffer.from(JSON.stringify({ rows, sequences } satisfies BackupFooter)));
  progress?.(1);
}

/** `"public"."game" ("id", …)`, as COPY wants it. */
export function named(client: pg.Client, { schema, name, columns }: BackedUpTable): string {
  const quoted = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  return `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)} (${quoted})`;
}

/** Beside its place first, and there only once the disk has it. */
async function saveAtomically(path: string, frames: AsyncIterable<Buffer>): Promise<number> {
  const beside = `${path}.${randomUUID().slice(0, 8)}.part`;
  // It holds seeds, which decide games that are still to be played.
  const file = await open(beside, 'wx', 0o600);
  try {
    const bytes = await fill(file, frames);
    await file.sync();
    await file.close();
    await rename(beside, path);
    const folder = await open(dirname(path), 'r');
    await folder.sync().finally(() => folder.close());
    return bytes;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(beside, { force: true });
    throw error;
  }
}

async function fill(file: FileHandle, frames: AsyncIterable<Buffer>): Promise<number> {
  const hash = createHash('sha256').update(MAGIC);
  await file.write(MAGIC);
  let bytes = MAGIC.length;
  const source = Readable.from(frames, { objectMode: false });
  const gzip = createGzip({ level: 3 });
  source.on('error', (error) => gzip.destroy(error));
  for await (const piece of source.pipe(gzip) as AsyncIterable<Buffer>) {
    hash.update(piece);
    await file.writeFile(piece);
    bytes += piece.length;
  }
  const digest = hash.digest();
  await file.writeFile(digest);
  return bytes + digest.length;
}
