import { describe, expect, it } from '@jest/globals';
import { RuntimeRootsError, parseRuntimeRoots } from './runtime-roots.ts';

const read = (content: unknown): ReturnType<typeof parseRuntimeRoots> =>
  parseRuntimeRoots(typeof content === 'string' ? content : JSON.stringify(content));

describe('the file of other roots', () => {
  it('gives runtimes by their names', () => {
    expect(read({ 'my-torch': { base: 'python', root: '/srv/torch' } })).toEqual({
      'my-torch': { base: 'python', folder: '/srv/torch' },
    });
    expect(read({})).toEqual({});
  });

  it.each([
    ['no JSON', '{', /is not JSON/],
    ['no object', [], /expected record/],
    ['a name in capitals', { Torch: { base: 'python', root: '/a' } }, /Torch: .*lower-case/],
    ["the platform's name", { node: { base: 'node', root: '/a' } }, /node: the platform has a runtime/],
    ['another base', { torch: { base: 'ruby', root: '/a' } }, /torch\.base: node or python/],
    ['a relative folder', { torch: { base: 'node', root: 'a' } }, /torch\.root: an absolute path/],
    ['a field too many', { torch: { base: 'node', root: '/a', gpu: true } }, /torch.*gpu/],
  ])('refuses %s', (_name, content, message) => {
    expect(() => read(content)).toThrow(message);
    expect(() => read(content)).toThrow(RuntimeRootsError);
  });
});
