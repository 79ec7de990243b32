/** The import checker on small trees made here: what it allows and what it must refuse. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const checker = new URL('../../../scripts/check/boundaries.mjs', import.meta.url).href;
const { findBreaches } = (await import(checker)) as { findBreaches: (top: string) => string[] };

let top: string;
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'arena-boundaries-'));
});
afterEach(() => rm(top, { recursive: true }));

async function tree(files: Record<string, string>): Promise<string[]> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(top, name)), { recursive: true });
    await writeFile(join(top, name), content);
  }
  return findBreaches(top);
}
const rule = (imports: string[], tests: string[] = []): string => JSON.stringify({ imports, tests });

describe('import boundaries', () => {
  it('allow what the folder lists', async () => {
    const files = {
      'a/boundaries.json': rule(['node:', '@x/b']),
      'a/x.ts': "import fs from 'node:fs';\nimport { y } from '@x/b/deep';\n",
    };
    expect(await tree(files)).toEqual([]);
  });

  it.each([
    ['an import', "import { y } from '@x/c';"],
    ['a type import', "import type { y } from '@x/c';"],
    ['an export', "export * from '@x/c';"],
    ['an import over lines', "import {\n  y,\n} from '@x/c';"],
    ['a bare import', "import '@x/c';"],
    ['a dynamic import', "const c = await import('@x/c');"],
  ])('refuse what it does not list: %s', async (_name, code) => {
    expect(await tree({ 'a/boundaries.json': rule([]), 'a/x.ts': code })).toHaveLength(1);
  });

  it('refuse a way around by a relative path', async () => {
    const files = {
      'a/boundaries.json': rule([]),
      'b/boundaries.json': rule([]),
      'a/x.ts': "import { y } from '../b/y.ts';",
      'b/y.ts': '',
    };
    expect(await tree(files)).toEqual([expect.stringContaining('imports b/y.ts, which lies outside a')]);
  });

  it('give tests what is only for tests', async () => {
    const files = {
      'a/boundaries.json': rule([], ['fast-check']),
      'a/x.spec.ts': "import fc from 'fast-check';",
      'a/x.ts': "import fc from 'fast-check';",
    };
    expect(await tree(files)).toEqual([expect.stringContaining('a/x.ts: imports fast-check')]);
  });

  it('hold a nested folder to its own rule', async () => {
    const files = {
      'a/boundaries.json': rule(['@x/b']),
      'a/pure/boundaries.json': rule([]),
      'a/pure/x.ts': "import '@x/b';",
    };
    expect(await tree(files)).toHaveLength(1);
  });

  it('refuse a file that no rule covers', async () => {
    expect(await tree({ 'a/x.ts': '' })).toHaveLength(1);
  });

  it('look into folders that are called build, but not into what is built', async () => {
    const files = {
      'a/boundaries.json': rule([]),
      'a/build/x.ts': "import '@x/b';",
      'a/dist/x.ts': "import '@x/b';",
    };
    expect(await tree(files)).toEqual([expect.stringContaining('a/build/x.ts')]);
  });

  it('hold in this project', () => {
    expect(findBreaches(new URL('../../../', import.meta.url).pathname)).toEqual([]);
  });
});
