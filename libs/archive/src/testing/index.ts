import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';

/** An entry of an archive made for a test; hostile ones too, so nothing is checked. */
export type Entry = {
  name: string;
  content?: string | Buffer;
  type?: 'file' | 'directory' | 'symlink' | 'link' | 'fifo' | 'character-device' | 'block-device';
  linkname?: string;
  mode?: number;
};

/** Packs entries into a .tar.gz. */
export async function pack(entries: readonly Entry[]): Promise<Buffer> {
  return gzipSync(await packTar(entries));
}

export async function packTar(entries: readonly Entry[]): Promise<Buffer> {
  const writer = tar.pack();
  const chunks: Buffer[] = [];
  const reading = (async () => {
    for await (const chunk of writer) chunks.push(chunk as Buffer);
  })();
  for (const { name, content = '', type = 'file', linkname, mode } of entries) {
    const header = {
      name,
      type,
      ...(linkname === undefined ? {} : { linkname }),
      ...(mode === undefined ? {} : { mode }),
    };
    if (type === 'file') writer.entry(header, content);
    else writer.entry(header);
  }
  writer.finalize();
  await reading;
  return Buffer.concat(chunks);
}

export interface Refusal {
  name: string;
  code: string;
  make: () => Promise<Buffer>;
}

/** Where a tar's header has an entry's size, and its kind. */
const SIZE_AT = 124;
const TYPE_AT = 156;

const manifest: Entry = { name: 'arena.json', content: '{}' };
const named =
  (name: string): (() => Promise<Buffer>) =>
  () =>
    pack([manifest, { name, content: 'x' }]);

/** Archives that nobody may unpack, with the code each is refused by; libraries and upload are held to the same list. */
export const REFUSALS: readonly Refusal[] = [
  {
    name: 'plain text',
    code: 'archive_not_gzip',
    make: () => Promise.resolve(Buffer.from('hello, I am an agent')),
  },
  {
    name: 'a zip file',
    code: 'archive_not_gzip',
    make: () => Promise.resolve(Buffer.from('504b0304140000000800', 'hex')),
  },
  { name: 'nothing at all', code: 'archive_truncated', make: () => Promise.resolve(Buffer.alloc(0)) },
  {
    name: 'a gzip of something else',
    code: 'archive_not_tar',
    make: () => Promise.resolve(gzipSync('x'.repeat(2000))),
  },
  {
    name: 'a gzip that is cut off',
    code: 'archive_truncated',
    make: async () => (await pack([manifest, { name: 'a', content: noise(5000) }])).subarray(0, 3000),
  },
  {
    name: 'a tar that is cut off',
    code: 'archive_not_tar',
    make: async () =>
      gzipSync((await packTar([manifest, { name: 'a', content: noise(5000) }])).subarray(0, 3000)),
  },
  { name: 'an archive without entries', code: 'archive_empty', make: () => pack([]) },
  { name: 'no manifest', code: 'archive_no_manifest', make: () => pack([{ name: 'main.js', content: '' }]) },
  {
    name: 'a manifest in a folder',
    code: 'archive_no_manifest',
    make: () => pack([{ name: 'agent/arena.json', content: '{}' }]),
  },
  {
    name: 'a huge manifest',
    code: 'archive_manifest_too_large',
    make: () => pack([{ name: 'arena.json', content: noise(70_000) }]),
  },
  { name: 'two manifests', code: 'archive_name_collision', make: () => pack([manifest, manifest]) },
  {
    name: 'two manifests, one with ./',
    code: 'archive_name_collision',
    make: () => pack([manifest, { name: './arena.json' }]),
  },
  {
    name: 'names that differ in case',
    code: 'archive_name_collision',
    make: () => pack([manifest, { name: 'a.js' }, { name: 'A.js' }]),
  },
  {
    name: 'folders that differ in case',
    code: 'archive_name_collision',
    make: () => pack([manifest, { name: 'lib/a.js' }, { name: 'Lib/b.js' }]),
  },
  {
    name: 'names that differ in Unicode form',
    code: 'archive_name_collision',
    make: () => pack([manifest, { name: 'é.js' }, { name: 'e\u0301.js' }]),
  },
  {
    name: 'names that differ by ß and SS',
    code: 'archive_name_collision',
    make: () => pack([manifest, { name: 'straße.js' }, { name: 'STRASSE.js' }]),
  },
  {
    name: 'names that differ by a ligature',
    code: 'archive_name_collision',
    make: () => pack([manifest, { name: 'ﬁle.js' }, { name: 'file.js' }]),
  },
  {
    name: 'a file that is a folder too',
    code: 'archive_name_collision',
    make: () => pack([manifest, { name: 'a' }, { name: 'a/b' }]),
  },
  {
    name: 'a folder that is a file too',
    code: 'archive_name_collision',
    make: () => pack([manifest, { name: 'a/b' }, { name: 'a' }]),
  },
  { name: 'an absolute name', code: 'archive_bad_name', make: named('/etc/cron.d/x') },
  { name: '.. at the front', code: 'archive_bad_name', make: named('../x') },
  { name: '.. in the middle', code: 'archive_bad_name', make: named('a/../../x') },
  { name: '.. at the end', code: 'archive_bad_name', make: named('a/..') },
  {
    name: 'an absolute name too long for a header',
    code: 'archive_bad_name',
    make: named(`/etc/${'b'.repeat(150)}`),
  },
  { name: '.. too long for a header', code: 'archive_bad_name', make: named(`../${'b'.repeat(150)}`) },
  { name: 'a name of a megabyte', code: 'archive_bad_name', make: named('b'.repeat(2 ** 20)) },
  { name: '.. after ./', code: 'archive_bad_name', make: named('./../x') },
  { name: 'a backslash', code: 'archive_bad_name', make: named('..\\x') },
  { name: 'a line break', code: 'archive_bad_name', make: named('a\nb') },
  { name: 'a terminal escape', code: 'archive_bad_name', make: named('a\u001b[2Jb') },
  { name: 'a right-to-left override', code: 'archive_bad_name', make: named('a\u202Esj.b') },
  {
    name: 'bytes that are no UTF-8',
    code: 'archive_bad_name',
    make: edited((header) => Buffer.from([0x61, 0xff, 0xfe, 0x62]).copy(header)),
  },
  { name: 'an empty part', code: 'archive_bad_name', make: named('a//b') },
  { name: 'a very long name', code: 'archive_bad_name', make: named(`${'a/'.repeat(3)}${'b'.repeat(300)}`) },
  { name: 'very deep folders', code: 'archive_bad_name', make: named(`${'a/'.repeat(40)}b`) },
  {
    name: 'a symbolic link',
    code: 'archive_link',
    make: () => pack([manifest, { name: 'x', type: 'symlink', linkname: '/etc/passwd' }]),
  },
  {
    name: 'a symbolic link out of the folder, and a file behind it',
    code: 'archive_link',
    make: () =>
      pack([manifest, { name: 'x', type: 'symlink', linkname: '../..' }, { name: 'x/y', content: 'z' }]),
  },
  {
    name: 'a hard link out of the folder',
    code: 'archive_link',
    make: () => pack([manifest, { name: 'x', type: 'link', linkname: '../../etc/passwd' }]),
  },
  {
    name: 'a hard link',
    code: 'archive_link',
    make: () => pack([manifest, { name: 'x', type: 'link', linkname: 'arena.json' }]),
  },
  {
    name: 'a manifest that is a link',
    code: 'archive_link',
    make: () => pack([{ name: 'arena.json', type: 'symlink', linkname: '/etc/passwd' }]),
  },
  {
    name: 'a device',
    code: 'archive_special_file',
    make: () => pack([manifest, { name: 'x', type: 'character-device' }]),
  },
  {
    name: 'a disk',
    code: 'archive_special_file',
    make: () => pack([manifest, { name: 'x', type: 'block-device' }]),
  },
  {
    name: 'a sparse file',
    code: 'archive_special_file',
    make: edited((header) => header.write('S', TYPE_AT)),
  },
  {
    name: 'an entry of a kind that there is not',
    code: 'archive_special_file',
    make: edited((header) => header.write('Z', TYPE_AT)),
  },
  {
    name: 'a file of 2^60 bytes',
    code: 'archive_not_tar',
    make: edited((header) => Buffer.from('800000001000000000000000', 'hex').copy(header, SIZE_AT)),
  },
  {
    name: 'a file of less than no bytes',
    code: 'archive_not_tar',
    make: edited((header) => Buffer.from('ffffffffffffffffffffff00', 'hex').copy(header, SIZE_AT)),
  },
  {
    name: 'a header of 8 gigabytes',
    code: 'archive_not_tar',
    make: edited((header) => {
      header.write('x', TYPE_AT);
      header.write('77777777777', SIZE_AT);
    }),
  },
  {
    name: 'a folder with a content',
    code: 'archive_not_tar',
    make: edited((header) => {
      header.write('5', TYPE_AT);
      header.write('00000000001', SIZE_AT);
    }),
  },
  {
    name: 'a link with a content',
    code: 'archive_link',
    make: edited((header) => header.write('1', TYPE_AT)),
  },
  {
    name: 'a pipe with a content',
    code: 'archive_special_file',
    make: edited((header) => header.write('6', TYPE_AT)),
  },
  {
    name: 'a size that is no octal number',
    code: 'archive_not_tar',
    make: edited((header) => header.write('0000000000x', SIZE_AT)),
  },
  {
    name: 'a header whose checksum is wrong',
    code: 'archive_not_tar',
    make: async () => {
      const archive = await packTar([manifest]);
      archive.write('X', 0);
      return gzipSync(archive);
    },
  },
  {
    name: 'something behind its end',
    code: 'archive_not_tar',
    make: async () => gzipSync(Buffer.concat([await packTar([manifest]), Buffer.from('more')])),
  },
  {
    name: 'an entry behind its end',
    code: 'archive_not_tar',
    make: async () => gzipSync(Buffer.concat([await packTar([manifest]), await packTar([{ name: 'late' }])])),
  },
  {
    name: 'a second gzip with something else behind its end',
    code: 'archive_not_tar',
    make: async () => Buffer.concat([await pack([manifest]), gzipSync('something else')]),
  },
  ...(
    [
      // Readers that step back by it come to the same record for ever.
      ['a record that leads back', '-9 path=\n'],
      ['a record of no length', '0 path=x\n'],
      ['a record longer than its header', '99 path=x\n'],
      ['a record without a value', '5 abc\n'],
      ['records of a size that is no number', '11 size=-1\n'],
    ] as const
  ).map(([name, records]) => ({
    name: `an extended header with ${name}`,
    code: 'archive_not_tar',
    make: extended(records),
  })),
  {
    name: 'an extended header that makes a file sparse',
    code: 'archive_special_file',
    make: extended('22 GNU.sparse.major=1\n'),
  },
  {
    name: 'an extended header that gives a folder a content',
    code: 'archive_not_tar',
    make: extended('9 size=9\n', { name: 'lib/', type: 'directory' }),
  },
  {
    name: 'an extended header and nothing behind it',
    code: 'archive_not_tar',
    make: extended('10 path=x\n', null),
  },
  { name: 'a pipe', code: 'archive_special_file', make: () => pack([manifest, { name: 'x', type: 'fifo' }]) },
  {
    name: 'a zip bomb',
    code: 'archive_unpacks_too_large',
    make: () => pack([manifest, { name: 'zeros', content: Buffer.alloc(64 * 2 ** 20) }]),
  },
  {
    name: 'too many entries',
    code: 'archive_too_many_entries',
    make: () => pack([manifest, ...Array.from({ length: 4_000 }, (_, index) => ({ name: `f${index}` }))]),
  },
];

/** Bytes that do not compress, the same each time. */
export function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

/** An archive with a file whose header, 512 bytes that begin with its name, is changed; the header's checksum is made right again. */
function edited(edit: (header: Buffer) => unknown): () => Promise<Buffer> {
  return async () => {
    const archive = await packTar([manifest, { name: 'abcd', content: 'x' }]);
    const at = Math.floor(archive.indexOf('abcd') / 512) * 512;
    const header = archive.subarray(at, at + 512);
    edit(header);
    sumUp(header);
    return gzipSync(archive);
  };
}

/** Makes a header's checksum right again. */
export function sumUp(header: Buffer): void {
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
}

/** An archive with an entry behind an extended header of these records; null: without the entry. */
function extended(records: string, entry: Entry | null = { name: 'abcd' }): () => Promise<Buffer> {
  return async () => {
    const [front, behind] = await Promise.all([
      packTar([manifest, { name: 'pax', content: records }]),
      entry && packTar([entry]),
    ]);
    const header = front.subarray(1024, 1536);
    header.write('x', TYPE_AT);
    sumUp(header);
    return gzipSync(Buffer.concat([front.subarray(0, 2048), behind ?? Buffer.alloc(1024)]));
  };
}
export { dockerImage, ociImage, type DockerImageOptions } from './images.ts';
