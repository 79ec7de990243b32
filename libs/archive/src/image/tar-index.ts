import type { FileHandle } from 'node:fs/promises';
import { ImageError } from './errors.ts';

/** A regular file within a tar that lies on disk. */
export interface TarMember {
  /** Of its first byte in the tar. */
  readonly offset: number;
  readonly size: number;
}

const BLOCK = 512;
/** Of a name that is told in a record of its own. */
const MOST_NAME_BYTES = 64 * 1024;
/** An image has a few hundred; each layer's files lie in a tar within. */
const MOST_MEMBERS = 100_000;

function text(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

/** An octal number, or, with the first bit set, a binary one. */
function numberOf(bytes: Buffer): number {
  if ((bytes[0] ?? 0) & 0x80) {
    const value = Number(BigInt.asUintN(63, bytes.readBigUInt64BE(bytes.length - 8)));
    return Number.isSafeInteger(value) ? value : NaN;
  }
  const digits = text(bytes).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : NaN;
}

function checksumHolds(header: Buffer): boolean {
  const told = numberOf(header.subarray(148, 156));
  let sum = 0;
  header.forEach((byte, at) => {
    sum += at >= 148 && at < 156 ? 32 : byte;
  });
  return sum === told;
}

/** `path` of a pax record: `LENGTH path=NAME\n`, among others. */
function paxPath(record: string): string | null {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(record)?.[1] ?? null;
}

/**
 * The regular files of a tar by their names, without reading what is in them: an image's parts refer to each other in any
 * order. The last of a name counts. Throws {@link ImageError} for what is no tar.
 */
export async function indexTar(file: FileHandle): Promise<Map<string, TarMember>> {
  const members = new Map<string, TarMember>();
  const header = Buffer.alloc(BLOCK);
  const { size: end } = await file.stat();
  let given: string | null = null;
  for (let offset = 0; offset + BLOCK <= end;) {
    await file.read(header, 0, BLOCK, offset);
    if (header.every((byte) => byte === 0)) break;
    const size = numberOf(header.subarray(124, 136));
    if (!checksumHolds(header) || !(size >= 0))
      throw new ImageError(`it is no tar, or a damaged one (at byte ${offset})`);
    const begin = offset + BLOCK;
    offset = begin + Math.ceil(size / BLOCK) * BLOCK;
    if (begin + size > end) throw new ImageError('it is cut off');
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'x' || type === 'L') {
      if (size > MOST_NAME_BYTES) throw new ImageError('it has a name of more than 64 KiB');
      const record = Buffer.alloc(size);
      await file.read(record, 0, size, begin);
      given = type === 'L' ? text(record) : (paxPath(record.toString('utf8')) ?? given);
      continue;
    }
    const prefix = header.toString('latin1', 257, 262) === 'ustar' ? text(header.subarray(345, 500)) : '';
    const name: string = given ?? (prefix ? `${prefix}/` : '') + text(header.subarray(0, 100));
    given = null;
    if (type === '0' || type === '\0') members.set(name.replace(/^\.\//, ''), { offset: begin, size });
    // Old docker shares layers by links within the archive.
    const target = members.get(text(header.subarray(157, 257)).replace(/^(\.\.?\/)+/, ''));
    if ((type === '1' || type === '2') && target) members.set(name, target);
    if (members.size > MOST_MEMBERS) throw new ImageError(`it has more than ${MOST_MEMBERS} files`);
  }
  return members;
}
