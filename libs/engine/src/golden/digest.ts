import { crc32 } from 'node:zlib';
import type { Observation } from '@arena/nle-wasm';
import { FIELDS } from '@arena/nle-wasm';
import { bytesOf } from '../game.ts';

/** CRC-32 of each of the 17 fields, in digest order. */
export function fieldCrcs(observation: Observation): Uint32Array {
  return Uint32Array.from(FIELDS, ({ name }) => crc32(bytesOf(observation[name])));
}

/** The digest of a whole observation: CRC-32 of the field CRCs, packed little endian. */
export function stepCrc(crcs: Uint32Array): number {
  return crc32(new Uint8Array(crcs.buffer));
}
