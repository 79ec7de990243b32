import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArchiveError } from '@arena/archive';
import { pack } from '@arena/archive/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openHost } from './evaluate.ts';
import { readAgent, withBoxed } from './open.ts';

const MANIFEST = JSON.stringify({
  ...{ name: 'searcher', version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
  ...{ fields: ['blstats'], authors: ['test'] },
});
const CODE = 'export const createAgent = () => ({ act: () => 115 });';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-open-test-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('unpacks what is played in a sandbox, and leaves nothing of it', async () => {
  const path = join(folder, 'agent.tar.gz');
  writeFileSync(
    path,
    await pack([
      { name: 'arena.json', content: MANIFEST },
      { name: 'agent.js', content: CODE },
    ]),
  );
  const agent = await readAgent(path);
  expect(agent.manifest.name).toBe('searcher');
  const host = openHost();
  try {
    const unpacked = await withBoxed(agent, host, (where) => {
      expect(readFileSync(join(where, 'agent.js'), 'utf8')).toBe(CODE);
      // Root gives each sandbox a user of its own, whose files they are.
      expect(lstatSync(join(where, 'agent.js')).uid === 0).toBe(false);
      return Promise.resolve(where);
    });
    expect(existsSync(unpacked)).toBe(false);
  } finally {
    host.stage.dispose();
  }
});

it('is the same agent from its folder', async () => {
  const path = join(folder, 'my-agent');
  mkdirSync(path);
  writeFileSync(join(path, 'arena.json'), MANIFEST);
  writeFileSync(join(path, 'agent.js'), CODE);
  const { manifest, archive } = await readAgent(path);
  expect(manifest.entry).toBe('agent.js');
  expect([...archive.files.keys()].sort()).toEqual(['agent.js', 'arena.json']);
});

it('refuses a stranger’s archive in the server’s words', async () => {
  const path = join(folder, 'hostile.tar.gz');
  writeFileSync(
    path,
    await pack([
      { name: 'arena.json', content: MANIFEST },
      { name: '../outside.js', content: CODE },
    ]),
  );
  await expect(readAgent(path)).rejects.toThrow(ArchiveError);
  expect(existsSync(join(folder, '..', 'outside.js'))).toBe(false);
});
