/** The entry script where something is wrong: one clear line, a code that is not 0, nothing on standard output. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = new URL('../../../', import.meta.url).pathname;

async function entry(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(root, 'scripts/arena.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

describe('entry script', () => {
  let bare: string;
  beforeAll(async () => {
    bare = await mkdtemp(join(tmpdir(), 'arena-path-'));
    await symlink(process.execPath, join(bare, 'node'));
  });
  afterAll(() => rm(bare, { recursive: true }));

  it('teaches with --help', async () => {
    const { code, out } = await entry(['start', '--help']);
    expect(code).toBe(0);
    for (const word of ['npm start', 'npm test', '--games', '--agents', '--once', '--json', 'DATABASE_URL'])
      expect(out).toContain(word);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  it('refuses a command it does not know', async () => {
    expect((await entry(['strat'])).code).toBe(2);
  });

  it('puts arena on the PATH by one command, and takes it away again', async () => {
    const run = (...args: string[]): ReturnType<typeof entry> =>
      entry(['path', '--to', folder, ...args], { PATH: `${folder}:${process.env['PATH'] ?? ''}` });
    const folder = await mkdtemp(join(tmpdir(), 'arena bin-'));
    const link = join(folder, 'arena');
    try {
      expect(await run()).toEqual({
        ...{ code: 0, out: '' },
        err: `arena is now ${link}; npm run path -- --remove takes it away.\n`,
      });
      const version = spawnSync(link, ['--version'], { cwd: folder, encoding: 'utf8' });
      expect([version.status, version.stdout]).toEqual([0, expect.stringMatching(/^arena \d|^\d/)]);
      // again, and where its checkout has gone
      expect((await run()).code).toBe(0);
      await rm(link);
      await symlink('/nowhere/arena.js', link);
      expect((await run()).code).toBe(0);
      expect((await run('--remove')).err).toBe(`${link} is removed.\n`);
      expect((await run('--remove')).err).toBe(`There is no ${link}.\n`);
      await writeFile(link, 'another');
      for (const args of [[], ['--remove']]) {
        const { code, err } = await run(...args);
        expect([code, err]).toEqual([1, expect.stringContaining('is another program. Nothing was changed')]);
      }
      expect(await readFile(link, 'utf8')).toBe('another');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says that the port is taken, and how to choose another', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, out, err } = await entry(['start'], { PORT: String(port) });
    server.close();
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toBe(
      `arena: Port ${port} is taken by another program (or by an arena that already runs). Stop it, or choose another: PORT=${port + 1}\n`,
    );
  });

  it.each(['0', 'x', '70000', '-1'])('refuses PORT=%s', async (port) => {
    const { code, err } = await entry(['start'], { PORT: port });
    expect(code).toBe(1);
    expect(err).toMatch(/^arena: PORT=.+ is no port\..+\n$/);
  });

  it('names the packages that bring missing programs where there is no apt-get', async () => {
    const { code, out, err } = await entry(['build'], { PATH: bare });
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^arena: The programs .*emcc.* are missing .* emscripten .*\n$/);
  });

  it('says how much room it wants where the disk is too small', async () => {
    const { checkDisk } = (await import(join(root, 'scripts/setup/machine.mjs'))) as {
      checkDisk: (folder: string, wanted: number) => void;
    };
    expect(() => {
      checkDisk(root, 1);
    }).not.toThrow();
    expect(() => {
      checkDisk(root, 2 ** 40);
    }).toThrow(/^Only \d+ MiB of disk are free in .+ Make room for 1099511627776 MiB/);
  });

  it.each([
    [['start', '--games', '0'], '--games 0: a whole number from 1 to 4096 is wanted.'],
    [['start', '--games=4097'], '--games 4097: a whole number from 1 to 4096 is wanted.'],
    [['start', '--games', '1.5'], '--games 1.5: a whole number from 1 to 4096 is wanted.'],
    [['start', '--agents', 'random,nobody'], '--agents random,nobody: there is no bundled agent "nobody".'],
    [['start', '--games'], "Option '--games <value>' argument missing."],
    [['start', '--json'], '--json goes with --once: without it the command goes on serving.'],
    [['start', '--bogus'], "Unknown option '--bogus'."],
    [['start', 'now'], "Unexpected argument 'now'."],
    [['dev', '--once'], "Unknown option '--once'."],
    [['build', 'all'], 'npm run build takes no arguments, and all was given.'],
  ])('refuses %j in one line, before it starts anything', async (args, message) => {
    const { code, out, err } = await entry(args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(`arena: ${message}`);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each(['nowhere', 'mysql://here/db', ''])('refuses DATABASE_URL=%s without showing it', async (url) => {
    const { code, err } = await entry(['start', '--once'], { DATABASE_URL: url });
    expect(code).toBe(1);
    expect(err).toMatch(/^arena: DATABASE_URL is no address of a PostgreSQL server\. .+\n$/);
    if (url !== '') expect(err).not.toContain(url);
  });
});
