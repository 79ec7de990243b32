import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { ArchiveError, DEFAULT_LIMITS, checkArchive } from '@arena/archive';
import { sumUp } from '@arena/archive/testing';
import type { Chance } from './chance.ts';
import { ownMemoryMiB, type Kind } from './kind.ts';
import { text } from './texts.ts';

const TYPES = [
  '0',
  '0',
  '0',
  '5',
  '5',
  '\0',
  '1',
  '2',
  '3',
  '4',
  '6',
  '7',
  'x',
  'x',
  'g',
  'L',
  'K',
  'N',
  'S',
  'D',
  'Z',
] as const;
const SIZES = [
  '0',
  '1',
  '777',
  '1000',
  '77777777777',
  '-1',
  '8',
  ' 12',
  '0x10',
  '',
  '1 2',
  '20000000000',
] as const;
const NAMES = [
  'arena.json',
  './arena.json',
  'main.js',
  'lib/',
  'lib/a.js',
  './',
  'a',
  'A',
  '/etc/passwd',
  '../x',
  'a//b',
] as const;
const PAX = [
  'path=x',
  'path=arena.json',
  'size=1',
  'size=-1',
  'size=1e3',
  'GNU.sparse.major=1',
  'linkpath=y',
  'comment=z',
  'x',
] as const;

function paxRecord(chance: Chance): string {
  const words = chance.once(5) ? text(chance) : chance.pick([...PAX] as unknown as [string, ...string[]]);
  const length = Buffer.byteLength(words) + 4;
  const told = chance.once(3)
    ? chance.pick(['-9', '0', '1', '999999', '-1', 'x', '00', '1e1'])
    : String(length);
  return `${told.padStart(2)} ${words}\n`.replace(/^ /, '');
}

function entry(chance: Chance): Buffer {
  const header = Buffer.alloc(512);
  const type = chance.pick([...TYPES] as unknown as [string, ...string[]]);
  const content =
    type === 'x' || type === 'g'
      ? Buffer.from(Array.from({ length: chance.below(4) }, () => paxRecord(chance)).join(''))
      : chance.bytes(chance.pick([0, 0, 1, 20, 511, 512, 513, 3000]));
  header.write(
    chance.once(4) ? text(chance) : chance.pick([...NAMES] as unknown as [string, ...string[]]),
    0,
    100,
  );
  header.write('0000644\0', 100);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  if (chance.once(5))
    header.write(chance.pick([...SIZES] as unknown as [string, ...string[]]).padEnd(12, '\0'), 124);
  if (chance.once(20)) chance.bytes(12).copy(header, 124);
  header.write(type, 156);
  header.write(chance.once(12) ? 'ustar  \0' : 'ustar\x0000', 257);
  if (chance.once(20)) header.write(text(chance), 345, 155);
  if (!chance.once(25)) sumUp(header);
  const padded = chance.once(25) ? content.length : Math.ceil(content.length / 512) * 512;
  return Buffer.concat([header, content, Buffer.alloc(padded - content.length)]);
}

/** A file as tar writes it. */
function plainEntry(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  sumUp(header);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

function archive(chance: Chance): Buffer {
  const wild = chance.pick([0, 0, 1, 1, 2, 6]);
  const entries = Array.from({ length: chance.below(wild + 1) }, () => entry(chance));
  if (wild < 6)
    entries.push(
      plainEntry('arena.json', Buffer.from('{}')),
      plainEntry('main.js', chance.bytes(chance.below(2000))),
    );
  if (chance.once(6) && entries[0]) entries.push(entries[0]);
  const end = Buffer.alloc(chance.pick([1024, 1024, 1024, 512, 0, 100, 200_000]));
  const after = chance.once(10) ? chance.bytes(chance.below(600)) : Buffer.alloc(0);
  let tar = Buffer.concat([...entries, end, after]);
  if (chance.once(4)) tar = chance.mutated(tar);
  const level = { level: 1 };
  const packed =
    chance.once(8) && tar.length > 600
      ? Buffer.concat([gzipSync(tar.subarray(0, 512), level), gzipSync(tar.subarray(512), level)])
      : gzipSync(tar, level);
  const trailed = chance.once(20) ? Buffer.concat([packed, chance.bytes(chance.below(40))]) : packed;
  return chance.once(6) ? chance.mutated(trailed) : trailed;
}

export const archives: Kind = {
  name: 'archives',
  concurrency: 1,
  warmAfter: 200,
  open: () =>
    Promise.resolve({
      make: archive,
      feed: async (input) => {
        try {
          // In pieces, as a connection gives them.
          const middle = Math.floor(input.length / 2);
          const pieces = [Buffer.from(input.subarray(0, middle)), Buffer.from(input.subarray(middle))];
          await checkArchive(Readable.from(pieces), { ...DEFAULT_LIMITS, unpackedBytes: 2 ** 22 });
          return 'accepted';
        } catch (error) {
          if (!(error instanceof ArchiveError)) throw error;
          if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(error.message))
            throw new Error(`a message that is not plain: ${JSON.stringify(error.message)}`, {
              cause: error,
            });
          return error.code;
        }
      },
      memoryMiB: ownMemoryMiB,
      fault: () => null,
      close: () => Promise.resolve(),
    }),
};
