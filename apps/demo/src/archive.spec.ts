import { createHash } from 'node:crypto';
import { mkdtemp, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { packAgent } from './archive.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-archive-'));
  await mkdir(join(folder, 'lib'));
  await mkdir(join(folder, 'node_modules'));
  await writeFile(join(folder, 'arena.json'), '{}');
  await writeFile(join(folder, 'lib', 'map.ts'), 'export {};');
  await writeFile(join(folder, 'lib', 'map.spec.ts'), 'test');
  await writeFile(join(folder, 'node_modules', 'x.js'), 'x');
});
afterEach(() => rm(folder, { recursive: true }));

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('packAgent', () => {
  it('packs the agent alone', async () => {
    const tar = gunzipSync(await packAgent(folder)).toString('latin1');
    expect(tar).toContain('arena.json');
    expect(tar).toContain('lib/map.ts');
    expect(tar).not.toContain('spec');
    expect(tar).not.toContain('node_modules');
  });

  it('gives the same bytes on another day', async () => {
    const first = sha(await packAgent(folder));
    await utimes(join(folder, 'arena.json'), 1, 1);
    expect(sha(await packAgent(folder))).toBe(first);
  });

  it('gives other bytes for another file', async () => {
    const first = sha(await packAgent(folder));
    await writeFile(join(folder, 'lib', 'map.ts'), 'export const a = 1;');
    expect(sha(await packAgent(folder))).not.toBe(first);
  });
});
