import { crc32 } from 'node:zlib';
import type { Observation } from '@arena/nle-wasm';
import { fieldCrcs } from '../golden/digest.ts';

/** An observation's field digests as one text: equal observations, equal texts. */
export function digestOf(observation: Observation): string {
  return fieldCrcs(observation, crc32).join();
}
