import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ArchiveError } from './errors.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { agentFiles, packAgent } from './pack.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-pack-'));
  await mkdir(join(folder, 'lib'));
  await mkdir(join(folder, 'lib', '__pycache__'));
  await mkdir(join(folder, 'node_modules', '.cache'), { recursive: true });
  await writeFile(join(folder, 'arena.json'), '{}');
  await writeFile(join(folder, 'lib', 'map.ts'), 'export {};');
  await writeFile(join(folder, 'lib', 'map.spec.ts'), 'test');
  await writeFile(join(folder, 'lib', '__pycache__', 'map.pyc'), 'x');
  await writeFile(join(folder, 'node_modules', 'x.js'), 'x');
  await writeFile(join(folder, 'node_modules', '.cache', 'y'), 'y');
});
afterEach(() => rm(folder, { recursive: true }));

describe('packAgent', () => {
  it('packs what the agent needs and says what it left out', async () => {
    await writeFile(join(folder, '.arenaignore'), '# tests\n*.spec.ts\n');
    const { bytes, sha256, files, leftOut } = await packAgent(folder);
    expect([...files.keys()]).toEqual(['arena.json', 'lib/map.ts', 'node_modules/x.js']);
    expect(await agentFiles(folder)).toEqual([...files.keys()]);
    expect(leftOut).toEqual(['.arenaignore', 'lib/__pycache__/', 'lib/map.spec.ts', 'node_modules/.cache/']);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  it('gives the same bytes on another day, and others for another file', async () => {
    const first = await packAgent(folder);
    await utimes(join(folder, 'arena.json'), 1, 1);
    expect((await packAgent(folder)).sha256).toBe(first.sha256);
    await writeFile(join(folder, 'lib', 'map.ts'), 'export const a = 1;');
    expect((await packAgent(folder)).sha256).not.toBe(first.sha256);
  });

  it.each<[string, string, () => Promise<unknown>]>([
    ['a link', 'archive_link', () => symlink('/etc/passwd', join(folder, 'lib', 'secret'))],
    ['two names that are one', 'archive_name_collision', () => writeFile(join(folder, 'lib', 'MAP.ts'), '')],
    ['a name with a control character', 'archive_bad_name', () => writeFile(join(folder, 'a\nb'), '')],
    ['no manifest', 'archive_no_manifest', () => rm(join(folder, 'arena.json'))],
  ])('refuses %s as the server would', async (_what, code, spoil) => {
    await spoil();
    const error = await packAgent(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ArchiveError);
    expect(error).toMatchObject({ code });
  });

  it('refuses what is too large before it reads it, with the largest files and the way out', async () => {
    await writeFile(join(folder, 'weights.bin'), Buffer.alloc(1.5 * 2 ** 20));
    await expect(packAgent(folder, { ...DEFAULT_LIMITS, unpackedBytes: 2 ** 20 })).rejects.toMatchObject({
      code: 'archive_unpacks_too_large',
      message: expect.stringMatching(
        /^The folder holds 1\.5 MiB; at most 1\.0 MiB are taken\. The largest files: "weights\.bin" 1\.5 MiB, .* by lines in \.arenaignore, such as checkpoints\/ or \*\.log\.$/,
      ),
    });
  });

  it('refuses what packs to too much, with the largest files', async () => {
    await writeFile(join(folder, 'weights.bin'), randomBytes(2 ** 20));
    await expect(packAgent(folder, { ...DEFAULT_LIMITS, compressedBytes: 2 ** 19 })).rejects.toMatchObject({
      code: 'archive_too_large',
      message: expect.stringMatching(
        /^The archive has 1\.0 MiB; at most 0\.5 MiB are taken\. The largest files: "weights/,
      ),
    });
  });

  it('refuses too many files, with the folders that hold them', async () => {
    await mkdir(join(folder, 'data'));
    for (const name of ['a', 'b', 'c']) await writeFile(join(folder, 'data', name), '');
    await expect(packAgent(folder, { ...DEFAULT_LIMITS, entries: 3 })).rejects.toMatchObject({
      code: 'archive_too_many_entries',
      message: expect.stringMatching(/at most 3 are taken\. The most are in: "data\/" 3, /),
    });
  });

  it('leaves a virtual environment of Python out, whatever it is called', async () => {
    await mkdir(join(folder, 'my-env', 'bin'), { recursive: true });
    await writeFile(join(folder, 'my-env', 'pyvenv.cfg'), '');
    await symlink('/usr/bin/python3', join(folder, 'my-env', 'bin', 'python'));
    expect((await packAgent(folder)).leftOut).toContain('my-env/');
  });
});
