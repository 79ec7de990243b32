import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigError } from './errors.ts';
import { readRoots } from './roots.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-roots-config-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(content: unknown): ReturnType<typeof readRoots> {
  const path = join(folder, 'roots.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readRoots(path);
}

describe('the file of other roots', () => {
  it('gives runtimes by their names', () => {
    expect(read({ 'my-torch': { base: 'python', root: '/srv/torch' } })).toEqual({
      'my-torch': { base: 'python', folder: '/srv/torch' },
    });
  });

  it.each([
    ['no JSON', '{', /ARENA_RUNTIME_ROOTS: .*roots\.json is wrong: it is not JSON/],
    [
      'another base',
      { torch: { base: 'ruby', root: '/a' } },
      /roots\.json is wrong: torch\.base: node or python/,
    ],
  ])('refuses %s', (_name, content, message) => {
    expect(() => read(content)).toThrow(message);
    expect(() => read(content)).toThrow(ConfigError);
  });

  it('refuses a file that is not there', () => {
    expect(() => readRoots(join(folder, 'none.json'))).toThrow(
      /ARENA_RUNTIME_ROOTS: .*none\.json cannot be read/,
    );
  });
});
