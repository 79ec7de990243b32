import { describe, expect, it } from '@jest/globals';
import { ArchiveError, DEFAULT_LIMITS } from '../index.ts';
import { decodeDocument, encodeContents, encodeRefusal } from './document.ts';

const LIMITS = { ...DEFAULT_LIMITS, entries: 3, unpackedBytes: 1000, manifestBytes: 20 };
const manifest = { name: 'arena.json', base64: Buffer.from('{}').toString('base64'), config: null };
const files = [['arena.json', 2]];
const decode = (document: unknown) => decodeDocument(JSON.stringify(document), LIMITS);

describe('the answer from the box', () => {
  it('is read as it was written', () => {
    const contents = {
      files: new Map([
        ['arena.json', 2],
        ['lib/ä"b.js', 998],
      ]),
      manifest: { name: 'arena.json', bytes: Buffer.from('{}'), config: Buffer.from('x = 1') },
    };
    expect(decodeDocument(encodeContents(contents), LIMITS)).toEqual(contents);
    const refusal = new ArchiveError('archive_link', 'The entry "a" is a link.');
    expect(() => decodeDocument(encodeRefusal(refusal), LIMITS)).toThrow(refusal);
  });

  it('that is a refusal says its sentence without what a terminal would obey, and no longer than a sentence', () => {
    const message = `\u001b[2J${'x'.repeat(5000)}`;
    const told = (): unknown => decode({ code: 'archive_link', message });
    expect(told).toThrow(ArchiveError);
    expect(told).toThrow(/^\uFFFD\[2Jx{996}$/);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['null', null],
    ['a list', []],
    ['a refusal of an unknown code', { code: 'root', message: 'x' }],
    ['a refusal without words', { code: 'archive_link', message: 7 }],
    ['no files', { manifest }],
    ['too many files', { manifest, files: ['a', 'b', 'c', 'd'].map((name) => [name, 1]) }],
    ['a path that leads out', { manifest, files: [['../x', 1]] }],
    ['an absolute path', { manifest, files: [['/etc/passwd', 1]] }],
    ['a path with a control character', { manifest, files: [['a\u0000b', 1]] }],
    ['a path with an empty part', { manifest, files: [['a//b', 1]] }],
    ['a path that is written otherwise', { manifest, files: [['./a', 1]] }],
    [
      'the same path twice',
      {
        manifest,
        files: [
          ['a', 1],
          ['A', 1],
        ],
      },
    ],
    [
      'a file below a file',
      {
        manifest,
        files: [
          ['a', 1],
          ['a/b', 1],
        ],
      },
    ],
    ['a negative size', { manifest, files: [['a', -1]] }],
    ['half a byte', { manifest, files: [['a', 0.5]] }],
    [
      'more in all than archives hold',
      {
        manifest,
        files: [
          ['a', 600],
          ['b', 600],
        ],
      },
    ],
    ['no manifest', { files }],
    ['a manifest of another name', { files, manifest: { ...manifest, name: 'package.json' } }],
    ['a manifest without a word of the other file', { files, manifest: { ...manifest, config: undefined } }],
    ['a configuration that is too large', { files, manifest: { ...manifest, config: 'A'.repeat(40) } }],
    ['a manifest that is too large', { files, manifest: { ...manifest, base64: 'A'.repeat(40) } }],
  ])('is not believed if it is %s', (_name, document) => {
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    expect(() => decodeDocument(text, LIMITS)).toThrow(expect.objectContaining({ name: 'DocumentError' }));
  });
});
