import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CompetitionRepository } from '../repositories/competitions.ts';
import { GameRepository } from '../repositories/games.ts';
import { PlayRepository } from '../repositories/plays.ts';
import { SubmissionRepository } from '../repositories/submissions.ts';
import { WorkerRepository } from '../repositories/workers.ts';
import {
  competitionSettings,
  gameReport,
  newSubmission,
  openEmptyDatabase,
  openTestDatabase,
  workerCard,
  type TestDatabase,
} from '../testing/index.ts';
import { BackupError, restoreBackup, writeBackup } from './index.ts';
import { tablesOf } from './write.ts';

let folder: string;
let file: string;
let arena: TestDatabase;
let target: Awaited<ReturnType<typeof openEmptyDatabase>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-backup-'));
  file = join(folder, 'arena.backup');
  arena = await openTestDatabase();
  const queue = await arena.queue();
  const worker = workerCard();
  await new WorkerRepository(arena.dataSource).register(worker);
  await new CompetitionRepository(arena.dataSource).put('spring', competitionSettings());
  const submissions = new SubmissionRepository(arena.dataSource, queue);
  const submission = (await submissions.create(newSubmission('spring'))) ?? '';
  const page = await new GameRepository(arena.dataSource).page(submission, 0, 1);
  const game = page?.games[0];
  await new PlayRepository(arena.dataSource, queue).report(
    gameReport(game?.id ?? '', worker.id, { tape: Buffer.from([0, 10, 92, 255]) }),
  );
  // Its connections are open still, as those of an arena that runs.
  await writeBackup({ url: arena.url, path: file });
});
afterAll(async () => {
  await arena.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  target = await openEmptyDatabase();
});
afterEach(() => target.drop());

async function within<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** All rows of all tables but pg-boss's own books, which its every start changes. */
const contents = (url: string): Promise<Record<string, unknown>> =>
  within(url, async (client) => {
    const all: Record<string, unknown> = {};
    for (const { schema, name } of await tablesOf(client)) {
      if (schema !== 'public' && !name.startsWith('job')) continue;
      const { rows } = await client.query<{ row: string }>(
        `SELECT t::text AS row FROM "${schema}"."${name}" t ORDER BY 1`,
      );
      all[`${schema}.${name}`] = rows.map(({ row }) => row);
    }
    return all;
  });

const databases = (url: string): Promise<string[]> =>
  within(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT datname AS name FROM pg_database WHERE starts_with(datname, 'arena_restore_')`,
    );
    return rows.map(({ name }) => name);
  });

describe('a backup', () => {
  it('of an arena that runs, restored elsewhere, is the same arena', async () => {
    const before = await contents(arena.url);
    expect(before).toMatchObject({
      'public.competition': [expect.stringContaining('spring')],
      'public.tape': [expect.stringContaining('\\\\x000a5cff')],
    });
    const restored = await restoreBackup({ url: target.url, path: file });
    expect(restored.migrated).toEqual([]);
    expect(await contents(target.url)).toEqual(before);
    expect(await databases(target.url)).toEqual([]);
  });

  it('can be read by its owner alone, is whole or not there, and overwrites nothing unasked', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await expect(writeBackup({ url: arena.url, path: file })).rejects.toThrow(/is there already.*--force/);
    const stopped = writeBackup({
      ...{ url: arena.url, path: join(folder, 'stopped.backup'), signal: AbortSignal.abort() },
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(folder)).toEqual(['arena.backup']);
  });

  it('of a database without tables says that there is nothing', async () => {
    const nothing = writeBackup({ url: target.url, path: join(folder, 'none.backup') });
    await expect(nothing).rejects.toThrow(/there is nothing to back up/);
  });
});

describe('a restore', () => {
  it('replaces an arena only when told so, and not one in use', async () => {
    await restoreBackup({ url: target.url, path: file });
    const again = { url: target.url, path: file };
    await expect(restoreBackup(again)).rejects.toThrow(
      /not empty: it has 1 competition and 1 submission\. .*--replace/,
    );
    await within(target.url, async (client) => {
      await client.query("UPDATE competition SET name = 'Changed'");
      await expect(restoreBackup({ ...again, replace: true })).rejects.toThrow(/in use .*stop npm start/);
    });
    await restoreBackup({ ...again, replace: true });
    expect(await contents(target.url)).toEqual(await contents(arena.url));
  });

  const resealed = (bytes: Buffer): Buffer => {
    const body = bytes.subarray(0, -32);
    return Buffer.concat([body, createHash('sha256').update(body).digest()]);
  };
  const flipped = (bytes: Buffer, at: number): Buffer => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };
  it.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['that is empty', () => Buffer.alloc(0), /no backup of an arena/],
    ["that is a stranger's", () => Buffer.from('PK\u0003\u0004'.repeat(100)), /no backup of an arena/],
    [
      'of a later format',
      (bytes) => Buffer.concat([Buffer.from('nethack-arena backup 2\n'), bytes.subarray(23)]),
      /version 2, and this checkout reads version 1/,
    ],
    ['that holds its first line alone', (bytes) => bytes.subarray(0, 23), /damaged/],
    ['that was cut off', (bytes) => bytes.subarray(0, -100), /damaged: its checksum does not fit/],
    [
      'with one bit changed',
      (bytes) => flipped(bytes, bytes.length >> 1),
      /damaged: its checksum does not fit/,
    ],
    ['whose checksum fits bytes that are no stream', (bytes) => resealed(flipped(bytes, 24)), /damaged/],
    [
      'whose checksum fits half a stream',
      (bytes) => resealed(bytes.subarray(0, bytes.length >> 1)),
      /damaged/,
    ],
  ])('of a file %s is refused, and the arena is what it was', async (what, spoil, message) => {
    const bad = join(folder, `bad-${what.replaceAll(' ', '-')}`);
    await writeFile(bad, spoil(await readFile(file)));
    const before = await contents(arena.url);
    const error: unknown = await restoreBackup({ url: target.url, path: bad, replace: true }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(BackupError);
    expect((error as Error).message).toMatch(message);
    expect(await contents(target.url)).toEqual({});
    expect(await databases(target.url)).toEqual([]);
    expect(await contents(arena.url)).toEqual(before);
    await rm(bad);
  });
});
