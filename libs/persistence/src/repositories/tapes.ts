import { crc32, deflate, inflate } from 'node:zlib';
import { promisify } from 'node:util';

const pack = promisify(deflate);
const unpack = promisify(inflate);

export interface PackedTape {
  bytes: Buffer;
  codec: 'deflate';
  keys: number;
  crc32: number;
}

/** A stored tape does not give back the keys it was made from; the game cannot be replayed. */
export class DamagedTapeError extends Error {
  override name = 'DamagedTapeError';
}

/** Compresses keys, one byte a step, in zlib's own threads. */
export async function packTape(keys: Uint8Array): Promise<PackedTape> {
  return { bytes: await pack(keys, { level: 9 }), codec: 'deflate', keys: keys.length, crc32: crc32(keys) };
}

/** Throws {@link DamagedTapeError} if length or checksum differ. */
export async function unpackTape(tape: PackedTape): Promise<Buffer> {
  let keys: Buffer;
  try {
    keys = await unpack(tape.bytes, { maxOutputLength: Math.max(1, tape.keys) });
  } catch (cause) {
    throw new DamagedTapeError('the stored tape cannot be unpacked', { cause });
  }
  if (keys.length !== tape.keys || crc32(keys) !== tape.crc32) {
    throw new DamagedTapeError(
      `the stored tape has ${keys.length} keys with another checksum than when it was written`,
    );
  }
  return keys;
}
