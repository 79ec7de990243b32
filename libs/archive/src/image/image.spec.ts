import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dockerImage, ociImage, packTar, type Entry } from '../testing/index.ts';
import { ImageError, unpackImage } from './index.ts';

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'arena-image-'));
});
afterEach(() => {
  rmSync(work, { recursive: true });
});

const root = (): string => join(work, 'root');

async function unpack(
  image: Buffer,
  options: Parameters<typeof unpackImage>[2] = {},
): ReturnType<typeof unpackImage> {
  writeFileSync(join(work, 'image.tar'), image);
  return unpackImage(join(work, 'image.tar'), root(), options);
}

async function refused(image: Buffer, message: RegExp, options = {}): Promise<void> {
  const before = readdirSync(work).filter((name) => name !== 'image.tar');
  await expect(unpack(image, options)).rejects.toThrow(message);
  await expect(unpack(image, options)).rejects.toThrow(ImageError);
  expect(readdirSync(work).filter((name) => name !== 'image.tar')).toEqual(before);
}

const BASE: Entry[] = [
  { name: 'usr/', type: 'directory' },
  { name: 'usr/lib/', type: 'directory', mode: 0o700 },
  { name: 'lib', type: 'symlink', linkname: 'usr/lib' },
  { name: 'usr/lib/a.so', content: 'a', mode: 0o4755 },
  { name: 'etc/passwd', content: 'root', mode: 0o600 },
  { name: 'etc/old', content: 'old' },
  { name: 'opt/one', content: '1' },
  { name: 'opt/deep/two', content: '2' },
  { name: 'dev/null', type: 'character-device' },
  { name: 'usr/lib/b.so', type: 'link', linkname: 'usr/lib/a.so' },
];
const NEXT: Entry[] = [
  { name: 'etc/.wh.old' },
  { name: 'opt/three', content: '3' },
  { name: 'opt/.wh..wh..opq' },
  { name: 'lib/c.so', content: 'through a link of a lower layer' },
  { name: 'usr/lib/a.so', content: 'new' },
];

describe('an image', () => {
  it.each([
    ['docker save', (layers: Buffer[]) => dockerImage(layers)],
    ['docker save, gzipped as a whole', async (layers: Buffer[]) => gzipSync(await dockerImage(layers))],
    ['OCI', (layers: Buffer[]) => ociImage(layers)],
    ['OCI with gzip', (layers: Buffer[]) => ociImage(layers, (layer) => gzipSync(layer))],
    ['OCI with zstd', (layers: Buffer[]) => ociImage(layers, (layer) => zstdCompressSync(layer))],
  ])('of %s becomes a folder', async (_name, make) => {
    const progress: number[] = [];
    const layers = [await packTar(BASE), await packTar(NEXT)];
    const told = await unpack(await make(layers), {
      onProgress: (done, total) => progress.push(done / total),
    });
    expect(told).toMatchObject({ layers: 2, entries: BASE.length + NEXT.length, leftOut: 1 });
    expect(told.id).toMatch(/^[0-9a-f]{64}$/);
    expect(progress.at(-1)).toBe(1);
    const text = (path: string): string => readFileSync(join(root(), path), 'utf8');
    expect(readdirSync(root()).sort()).toEqual(['etc', 'lib', 'opt', 'usr']);
    expect(readdirSync(join(root(), 'etc'))).toEqual(['passwd']);
    expect(readdirSync(join(root(), 'opt'))).toEqual(['three']);
    expect(readlinkSync(join(root(), 'lib'))).toBe('usr/lib');
    // A hard link keeps what it was made of.
    expect([text('usr/lib/a.so'), text('usr/lib/b.so'), text('usr/lib/c.so')]).toEqual([
      'new',
      'a',
      'through a link of a lower layer',
    ]);
    // Every agent's user may read all of it, and nothing keeps a set-user-id bit.
    const mode = (path: string): number => statSync(join(root(), path)).mode & 0o7777;
    expect([mode('.'), mode('usr/lib'), mode('etc/passwd'), mode('usr/lib/b.so')]).toEqual([
      0o755, 0o755, 0o644, 0o755,
    ]);
  });

  it('goes to a folder that is there and empty, and to no other', async () => {
    const image = await dockerImage([await packTar(BASE)]);
    mkdirSync(root());
    await unpack(image);
    await refused(image, /is there already, and not empty/);
  });

  it('is chosen by its tag where there are several', async () => {
    const one = await packTar([{ name: 'one', content: '1' }]);
    const two = await packTar([{ name: 'two', content: '2' }]);
    const image = await dockerImage([one], { tag: 'one:1', also: { layers: [two], tag: 'two:2' } });
    await refused(image, /several images; name one of them by --tag: one:1, two:2/);
    await refused(image, /no such image .*one:1, two:2/, { tag: 'three' });
    await unpack(image, { tag: 'two:2' });
    expect(readdirSync(root())).toEqual(['two']);
  });
});

describe('a hostile image changes nothing outside its folder, and is refused', () => {
  const outside = (): string => join(work, 'outside');
  const absolute: Entry[] = [
    { name: 'leak', type: 'symlink', linkname: 'OUTSIDE' },
    { name: 'leak/planted', content: 'x' },
  ];

  it.each<[string, Entry[]]>([
    ['a path upwards', [{ name: '../outside', content: 'x' }]],
    ['a path upwards in the middle', [{ name: 'a/../../outside', content: 'x' }]],
    ['a hard link to a file outside', [{ name: 'a', type: 'link', linkname: '../../../etc/passwd' }]],
    ['a hard link to nothing', [{ name: 'a', type: 'link', linkname: 'etc/passwd' }]],
    [
      'a hard link to a folder',
      [
        { name: 'd/', type: 'directory' },
        { name: 'a', type: 'link', linkname: 'd' },
      ],
    ],
    ['a whiteout of the folder above', [{ name: 'a/.wh...' }]],
    ['a whiteout of the folder itself', [{ name: '.wh..' }]],
    ['a whiteout above', [{ name: '../.wh.image.tar' }]],
    [
      'links in circles',
      [
        { name: 'a', type: 'symlink', linkname: 'b' },
        { name: 'b', type: 'symlink', linkname: 'a' },
        { name: 'a/c', content: 'x' },
      ],
    ],
    ['a file in the place of its root', [{ name: './', content: 'x' }]],
    ['a link with an end of text in it', [{ name: 'a', type: 'symlink', linkname: '' }]],
    ['a device with a path upwards', [{ name: '../a', type: 'fifo' }]],
  ])('%s', async (_name, entries) => {
    await refused(await dockerImage([await packTar(entries)]), /image\.tar: /);
    expect(existsSync(outside())).toBe(false);
  });

  it.each([
    ['an absolute link', () => outside()],
    ['a link upwards', () => '../../../../../../../../..' + outside()],
  ])('%s is followed as inside', async (_name, target) => {
    mkdirSync(outside());
    const entries = absolute.map((entry) =>
      entry.linkname === undefined ? entry : { ...entry, linkname: target() },
    );
    await unpack(await dockerImage([await packTar(entries)]));
    expect(readdirSync(outside())).toEqual([]);
    expect(readFileSync(join(root(), outside(), 'planted'), 'utf8')).toBe('x');
  });

  it('a link in the place of a file or a folder is replaced, not written through', async () => {
    writeFileSync(outside(), 'kept');
    const entries: Entry[] = [
      { name: 'file', type: 'symlink', linkname: outside() },
      { name: 'file', content: 'x' },
      { name: 'folder', type: 'symlink', linkname: work },
      { name: 'folder/', type: 'directory' },
      { name: 'gone', type: 'symlink', linkname: work },
    ];
    const next: Entry[] = [{ name: '.wh.gone' }, { name: 'other/.wh..wh..opq' }];
    await unpack(await dockerImage([await packTar(entries), await packTar(next)]));
    expect(readFileSync(outside(), 'utf8')).toBe('kept');
    expect(lstatSync(join(root(), 'file')).isFile()).toBe(true);
    expect(lstatSync(join(root(), 'folder')).isDirectory()).toBe(true);
    expect(existsSync(join(work, 'image.tar'))).toBe(true);
  });

  it('what is larger than allowed', async () => {
    const image = await dockerImage([await packTar([{ name: 'a', content: Buffer.alloc(2000) }])]);
    await refused(image, /more than 10 files or 1000 bytes/, { limits: { bytes: 1000, entries: 10 } });
    await refused(image, /more than 0 files/, { limits: { bytes: 10_000, entries: 0 } });
  });
});

describe('a damaged image is refused', () => {
  it('wherever a bit of a layer or of its configuration is turned', async () => {
    const layer = await packTar([{ name: 'a', content: 'the content of a file' }]);
    for (const image of [await dockerImage([layer]), await ociImage([layer], (plain) => gzipSync(plain))]) {
      for (const place of [image.indexOf('the content'), image.indexOf('diff_ids')]) {
        const at = place < 0 ? image.indexOf(gzipSync(layer)) + 30 : place;
        const damaged = Buffer.from(image);
        damaged[at] = (damaged[at] ?? 0) ^ 1;
        await refused(damaged, /damaged|cannot be read/);
      }
    }
  });

  it('cut off anywhere', async () => {
    const image = await dockerImage([await packTar(BASE)]);
    for (let length = 0; length < image.indexOf('RepoTags'); length += 997)
      await refused(image.subarray(0, length), /image\.tar: /);
  });

  it('for another machine', async () => {
    await refused(await dockerImage([await packTar(BASE)], { architecture: 's390x' }), /it is for s390x/);
  });

  it.each([
    ['no tar', Buffer.from('x'.repeat(2000))],
    ['an empty file', Buffer.alloc(0)],
    ['a gzip of nothing', gzipSync('')],
  ])('%s', async (_name, bytes) => {
    await refused(bytes, /it is no|it has neither/);
  });

  it('an archive of something else', async () => {
    await refused(
      await packTar([{ name: 'arena.json', content: '{}' }]),
      /neither manifest\.json .* nor index\.json/,
    );
  });

  it('a part that is no JSON, a list that is none, a layer that is missing', async () => {
    const bad = (manifest: string): Promise<Buffer> =>
      packTar([{ name: 'manifest.json', content: manifest }]);
    await refused(await bad('{'), /is not JSON/);
    await refused(await bad('{}'), /not a list/);
    await refused(await bad('[{}]'), /names no configuration/);
    const hex = createHash('sha256').update('x').digest('hex');
    await refused(await bad(`[{"Config":"${hex}.json","Layers":["a"]}]`), /a is missing/);
  });
});

describe('where the folder goes', () => {
  it('a link is not followed to what it points to', async () => {
    symlinkSync(join(work, 'elsewhere'), root());
    await expect(unpack(await dockerImage([await packTar(BASE)]))).rejects.toThrow();
    expect(existsSync(join(work, 'elsewhere'))).toBe(false);
  });
});
