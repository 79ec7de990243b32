import { LIMITS } from './layout.ts';
import { TapeError } from '../errors.ts';

/** Input given at a time: one piece cannot unpack to more than 4 MiB (deflate's 1:1032), then it is looked at. */
const PIECE = 4096;

async function* pass(
  bytes: Uint8Array,
  through: CompressionStream | DecompressionStream,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at >= bytes.length) {
        controller.close();
        return;
      }
      controller.enqueue(Uint8Array.from(bytes.subarray(at, at + PIECE)));
      at += PIECE;
    },
  });
  const reader = source.pipeThrough(through).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // reached early when the consumer has had enough: then nothing more is unpacked
    await reader.cancel().catch(() => undefined);
  }
}

function concat(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Raw deflate (RFC 1951) by the platform's own streams, which Node and browsers both have. */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pass(bytes, new CompressionStream('deflate-raw'))) {
    pieces.push(piece);
    length += piece.length;
  }
  return concat(pieces, length);
}

/**
 * Unpacks exactly `length` bytes. Stops as soon as there are more. Throws TapeError `damaged` for anything else, and
 * `too_large` for a length over the limit, before anything is unpacked.
 */
export async function inflate(packed: Uint8Array, length: number): Promise<Uint8Array> {
  if (length > LIMITS.keys)
    throw new TapeError('too_large', `the tape says it has ${length} keys; at most ${LIMITS.keys} are read`);
  const pieces: Uint8Array[] = [];
  let unpacked = 0;
  try {
    for await (const piece of pass(packed, new DecompressionStream('deflate-raw'))) {
      unpacked += piece.length;
      if (unpacked > length) break;
      pieces.push(piece);
    }
  } catch (cause) {
    throw new TapeError('damaged', 'the tape is damaged: its keys cannot be unpacked', { cause });
  }
  if (unpacked !== length) {
    throw new TapeError(
      'damaged',
      `the tape is damaged: it should hold ${length} keys and holds ${unpacked > length ? 'more' : unpacked}`,
    );
  }
  return concat(pieces, length);
}
