import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeFolders } from './folders.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-folders-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('folders', () => {
  it('are made with those above them, and are left as they are if there', async () => {
    const deep = join(folder, 'a/b/c');
    await makeFolders(deep);
    await writeFile(join(deep, 'x'), '');
    await makeFolders(deep);
    expect((await stat(join(deep, 'x'))).isFile()).toBe(true);
  });

  it.each([
    ['where the kernel lets none be made', '/proc/agent/deep', 'ENOENT', '/proc/agent'],
    ['where there is a file', '/etc/passwd/agent', 'ENOTDIR', '/etc/passwd/agent'],
  ])('end with the one that cannot be: %s', async (_what, wished, code, path) => {
    await expect(makeFolders(wished)).rejects.toThrow(
      `the folder ${path} cannot be made (${code}): choose another`,
    );
  });
});
