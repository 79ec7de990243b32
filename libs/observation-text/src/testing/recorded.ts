import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { FIELDS, type Observation } from '@arena/engine';

const VIEWS = { int8: Int8Array, uint8: Uint8Array, int16: Int16Array, int32: Int32Array } as const;
const BYTES = FIELDS.reduce((sum, { bytes }) => sum + bytes, 0);

/** An observation of one's own: the bytes of all fields, one after another. */
export function observationOf(bytes: Uint8Array): Observation {
  let at = 0;
  const fields = FIELDS.map(({ name, dtype, bytes: length }) => {
    const own = Uint8Array.from(bytes.subarray(at, at + length));
    at += length;
    return [name, new VIEWS[dtype](own.buffer)] as const;
  });
  return Object.fromEntries(fields) as unknown as Observation;
}

/** Every observation of a recorded game of test/golden, such as `full-items`. */
export function recorded(id: string): Observation[] {
  const file = fileURLToPath(new URL(`../../../../test/golden/${id}.obs.gz`, import.meta.url));
  const all = gunzipSync(readFileSync(file));
  return Array.from({ length: all.length / BYTES }, (_, i) =>
    observationOf(all.subarray(i * BYTES, (i + 1) * BYTES)),
  );
}

/** Zeros: no game. */
export function emptyObservation(): Observation {
  return observationOf(new Uint8Array(BYTES));
}
