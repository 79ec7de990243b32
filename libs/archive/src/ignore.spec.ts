import { describe, expect, it } from '@jest/globals';
import { IGNORED_BY_DEFAULT, ignoreOf } from './ignore.ts';

describe('an ignore file', () => {
  it.each<[string[], string, boolean, boolean]>([
    [['*.log'], 'a.log', false, true],
    [['*.log'], 'deep/in/a.log', false, true],
    [['*.log'], 'a.logs', false, false],
    [['data/'], 'data', true, true],
    [['data/'], 'data', false, false],
    [['data/'], 'lib/data', true, true],
    [['/data'], 'lib/data', true, false],
    [['lib/*.ts'], 'lib/a.ts', false, true],
    [['lib/*.ts'], 'lib/deep/a.ts', false, false],
    [['lib/**/*.ts'], 'lib/deep/er/a.ts', false, true],
    [['lib/**/*.ts'], 'lib/a.ts', false, true],
    [['**/cache'], 'a/b/cache', true, true],
    [['out/**'], 'out/a/b', false, true],
    [['a?c'], 'abc', false, true],
    [['a?c'], 'a/c', false, false],
    [['*.bin', '!model.bin'], 'model.bin', false, false],
    [['*.bin', '!model.bin'], 'other.bin', false, true],
    [['# a', '', '  '], '# a', false, false],
    [['a.b'], 'axb', false, false],
    [['a+(b)[c]'], 'a+(b)[c]', false, true],
  ])('%j: %s (folder: %s) is left out: %s', (lines, path, isFolder, leftOut) => {
    expect(ignoreOf(lines)(path, isFolder)).toBe(leftOut);
  });

  it('by default leaves out what tools leave behind, not what an agent brings', () => {
    const ignore = ignoreOf(IGNORED_BY_DEFAULT);
    const folders = ['.git', 'lib/__pycache__', 'node_modules/.cache'];
    expect(folders.filter((path) => ignore(path, true))).toEqual(folders);
    expect(ignore('node_modules', true)).toBe(false);
    expect(ignore('.env', false)).toBe(false);
  });
});
