import { TarError } from './errors.ts';

export const BLOCK = 512;

export const TYPES = {
  '\0': 'file',
  '0': 'file',
  '1': 'link',
  '2': 'symlink',
  '3': 'character-device',
  '4': 'block-device',
  '5': 'directory',
  '6': 'fifo',
  '7': 'contiguous-file',
  x: 'pax-header',
  g: 'pax-global-header',
  L: 'gnu-long-path',
  N: 'gnu-long-path',
  K: 'gnu-long-link-path',
} as const;
export type TarType = (typeof TYPES)[keyof typeof TYPES];

export interface TarHeader {
  readonly name: string;
  readonly linkname: string;
  /** null: none that this reader knows, such as a sparse file. */
  readonly type: TarType | null;
  readonly size: number;
  readonly mode: number;
}

/** Bytes of the header's parts. */
const NAME = [0, 100] as const;
const MODE = [100, 108] as const;
const SIZE = [124, 136] as const;
const CHECKSUM = [148, 156] as const;
const TYPE = 156;
const LINK = [157, 257] as const;
const MAGIC = [257, 263] as const;
const PREFIX = [345, 500] as const;

/** Text up to the first NUL. Bytes that are no UTF-8 become U+FFFD, which no name may have. */
export function text(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

/** An octal number, or a binary one where the first bit is set; null for anything else, negative ones too. */
export function numberOf(bytes: Buffer): number | null {
  if (((bytes[0] ?? 0) & 0x80) !== 0) {
    if (bytes[0] !== 0x80) return null;
    const value = BigInt(`0x${bytes.subarray(1).toString('hex')}`);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null;
  }
  const digits = /^ *([0-7]*)[ \0]*$/.exec(bytes.toString('latin1'))?.[1];
  return digits === undefined ? null : Number.parseInt(digits || '0', 8);
}

function checksumOf(block: Buffer): number {
  // The checksum itself counts as spaces.
  let sum = 32 * (CHECKSUM[1] - CHECKSUM[0]);
  for (let at = 0; at < BLOCK; at++) if (at < CHECKSUM[0] || at >= CHECKSUM[1]) sum += block[at] ?? 0;
  return sum;
}

export const isZero = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0);

/** Reads a block that is not all zeros. Throws {@link TarError}. */
export function decodeHeader(block: Buffer, at: number): TarHeader {
  const bad = (what: string): TarError => new TarError(`${what} in the header at byte ${at}`);
  const part = ([from, to]: readonly [number, number]): Buffer => block.subarray(from, to);
  if (numberOf(part(CHECKSUM)) !== checksumOf(block)) throw bad('wrong checksum');
  const magic = part(MAGIC).toString('latin1');
  if (magic !== 'ustar\0' && magic !== 'ustar ') throw bad('unknown format');
  const size = numberOf(part(SIZE));
  if (size === null) throw bad('a size that is no number from 0 to 2^53');
  const letter = String.fromCharCode(block[TYPE] ?? 0);
  const type = Object.hasOwn(TYPES, letter) ? TYPES[letter as keyof typeof TYPES] : null;
  const prefix = magic === 'ustar\0' ? text(part(PREFIX)) : '';
  const name = `${prefix === '' ? '' : `${prefix}/`}${text(part(NAME))}`;
  return {
    name,
    linkname: text(part(LINK)),
    // Old programs mark a folder by its name alone.
    type: type === 'file' && name.endsWith('/') ? 'directory' : type,
    size,
    mode: numberOf(part(MODE)) ?? 0,
  };
}
