import { mkdtemp, mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { calledAs, quoted } from './called.ts';

const CHECKOUT = fileURLToPath(new URL('../../../', import.meta.url));
const PROGRAM = join(CHECKOUT, 'apps/cli/bin/arena.js');

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'arena-called-')));
});
afterEach(() => rm(folder, { recursive: true }));

/** A folder with a program `arena`. */
async function withArena(name: string, program: string | null): Promise<string> {
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  if (program === null) await writeFile(join(place, 'arena'), '');
  else await symlink(program, join(place, 'arena'));
  return place;
}

describe('the words that call this program', () => {
  it('are arena where the shell finds it by that name', async () => {
    const ours = await withArena('bin', PROGRAM);
    expect(calledAs(`${ours}:/usr/bin`, folder)).toBe('arena');
  });

  it('are its path where arena is another program', async () => {
    const other = await withArena('other', null);
    const ours = await withArena('bin', PROGRAM);
    expect(calledAs(`${other}:${ours}`, folder)).toBe(quoted(PROGRAM));
  });

  it('are its path where only npx finds it, outside the checkout', async () => {
    const npx = await withArena('node_modules/.bin', PROGRAM);
    expect(calledAs(`${npx}:/usr/bin`, folder)).toBe(quoted(PROGRAM));
  });

  it('are npx arena in the checkout', () => {
    for (const place of [CHECKOUT, join(CHECKOUT, 'apps/cli')])
      expect(calledAs('/usr/bin', place)).toBe('npx arena');
  });

  it.each([
    ['/a/b-1.2', '/a/b-1.2'],
    ["/it's here", `'/it'\\''s here'`],
  ])('%s are quoted for a shell', (path, words) => {
    expect(quoted(path)).toBe(words);
  });
});
