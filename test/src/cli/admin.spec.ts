/** `arena admin`: an arena's database into a file and back, on embedded servers as `npm start` has them. */
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHALLENGE_LIMITS } from '@arena/contracts';
import { CompetitionRepository, migrate, openDataSource } from '@arena/persistence';
import { startEmbeddedServer, type EmbeddedServer } from '@arena/persistence/embedded';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arena as run, type Ran } from '../kit/terminal.ts';

let folder: string;
let server: EmbeddedServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-admin-'));
  // PostgreSQL's user must enter it.
  await chmod(folder, 0o755);
  server = await startEmbeddedServer({ directory: join(folder, 'data/postgres'), volatile: true });
  const dataSource = await openDataSource({ url: server.url, applicationName: 'test' });
  await migrate(dataSource);
  await new CompetitionRepository(dataSource).put('spring', {
    ...{
      name: 'Spring',
      description: 'Äöü \\ "quoted"\n',
      task: 'NetHackChallenge-v0',
      gamesPerEvaluation: 4,
    },
    ...{ limits: CHALLENGE_LIMITS, character: '@', options: '', clock: 0, screenDescriptions: false },
  });
  await dataSource.destroy();
}, 60_000);

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
}, 60_000);

const admin = (...args: readonly string[]): Promise<Ran> => run(folder, 'admin', ...args);
const DATA = ['--data', 'data'];

async function competitions(url: string): Promise<unknown> {
  const dataSource = await openDataSource({ url, applicationName: 'test' });
  try {
    return await new CompetitionRepository(dataSource).list();
  } finally {
    await dataSource.destroy();
  }
}

describe('arena admin', () => {
  it('backs an arena up while it runs, and restores it elsewhere', async () => {
    const { code, stdout, stderr } = await admin('backup', 'arena.backup', ...DATA, '--json');
    expect([code, stderr]).toEqual([0, '']);
    const { bytes } = JSON.parse(stdout) as { bytes: number };
    const { size, mode } = await stat(join(folder, 'arena.backup'));
    expect([size, mode & 0o777]).toEqual([bytes, 0o600]);
    expect(await admin('backup', 'arena.backup', ...DATA)).toMatchObject({
      ...{ code: 1, stderr: expect.stringMatching(/is there already; choose another name or say --force/) },
    });

    expect(await admin('restore', 'arena.backup', '--data', 'copy')).toMatchObject({
      ...{ code: 0, stdout: expect.stringMatching(/^restored the arena of .*npm start serves it\.$/m) },
    });
    expect(await admin('database-url', '--data', 'copy')).toMatchObject({
      ...{ code: 1, stdout: '', stderr: expect.stringMatching(/does not run.*npm start starts it/) },
    });
    const copy = await startEmbeddedServer({ directory: join(folder, 'copy/postgres') });
    try {
      const printed = await admin('database-url', '--data', 'copy');
      expect([printed.code, printed.stdout]).toEqual([0, `${copy.url}\n`]);
      expect(await competitions(copy.url)).toEqual(await competitions(server.url));
    } finally {
      await copy.stop();
    }
  }, 120_000);

  it('loses no arena unasked, and none to a file that is no backup', async () => {
    await admin('backup', 'again.backup', ...DATA);
    expect(await admin('restore', 'again.backup', ...DATA)).toMatchObject({
      ...{ code: 1, stderr: expect.stringMatching(/not empty: it has 1 competition\. .*--replace/) },
    });
    await writeFile(join(folder, 'bad'), 'not a backup');
    const before = await competitions(server.url);
    expect(await admin('restore', 'bad', ...DATA, '--replace')).toMatchObject({
      ...{ code: 1, stderr: expect.stringMatching(/bad cannot be restored: it is no backup of an arena/) },
    });
    expect(await competitions(server.url)).toEqual(before);
  }, 60_000);

  it.each<[string[], number, RegExp]>([
    [['backup'], 2, /which file\? Say FILE/],
    [['backup', 'a', 'b'], 2, /one file at a time, not also b/],
    [['backup', 'a', '--data', 'nowhere'], 1, /there is no local arena in .*nowhere: npm start makes one/],
    [['restore', 'missing.backup', '--data', 'new'], 1, /missing\.backup/],
    [['database-url', 'x'], 2, /takes no x/],
    [['database-url', '--data', 'nowhere'], 1, /there is no local arena/],
  ])('%j ends with %i and says what to do', async (args, code, message) => {
    const ran = await admin(...args);
    expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) });
    expect(ran.stderr).not.toMatch(/^\s+at /m);
  });
});
