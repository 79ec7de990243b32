import type { FieldName, Observation } from '@arena/nle-wasm';
import { FIELDS } from '@arena/nle-wasm';
import { bytesOf } from '../game.ts';

/** zlib's CRC-32, going on from `crc` (0 at the start). Node has it built in; a browser brings its own. */
export type Crc32 = (bytes: Uint8Array, crc?: number) => number;

const ALL: readonly FieldName[] = FIELDS.map(({ name }) => name);

/** CRC-32 of each of the fields, in the given order; of all 17, in digest order, unless told otherwise. */
export function fieldCrcs(
  observation: Observation,
  crc32: Crc32,
  fields: readonly FieldName[] = ALL,
): Uint32Array {
  return Uint32Array.from(fields, (name) => crc32(bytesOf(observation[name])));
}

/** The digest of a whole observation: CRC-32 of the field CRCs, packed little endian. */
export function stepCrc(crcs: Uint32Array, crc32: Crc32): number {
  return crc32(bytesOf(crcs));
}
