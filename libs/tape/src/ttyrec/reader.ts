import { TapeError } from '../errors.ts';
import { LIMITS } from '../format/layout.ts';
import { CHANNEL } from './writer.ts';

/** What a ttyrec3 tells of a game beside its pictures. */
export interface Recording {
  readonly keys: Uint8Array;
  /** Scores that were shown, each with the number of keys before it. */
  readonly scores: readonly { readonly keys: number; readonly score: number }[];
}

const HEADER = 13;
/** A frame is one screen at most, some 10 kB. */
const LONGEST_FRAME = 2 ** 20;

const bad = (message: string): TapeError => new TapeError('bad_ttyrec', `this is no ttyrec3: ${message}`);

/** Bytes that come in pieces, taken in portions. */
class Portions {
  readonly #source: AsyncIterator<Uint8Array>;
  #piece = new Uint8Array(0);
  /** Bytes taken so far. */
  taken = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** So many bytes; null if there is nothing left at all. Throws TapeError if there is less. */
  async take(length: number): Promise<Uint8Array | null> {
    while (this.#piece.length < length) {
      const next = await this.#source.next();
      if (next.done === true) {
        if (this.#piece.length === 0) return null;
        throw bad(`it ends in the middle of a frame, at byte ${this.taken + this.#piece.length}`);
      }
      const { value } = next;
      const joined = new Uint8Array(this.#piece.length + value.length);
      joined.set(this.#piece);
      joined.set(value, this.#piece.length);
      this.#piece = joined;
    }
    const portion = this.#piece.subarray(0, length);
    this.#piece = this.#piece.subarray(length);
    this.taken += length;
    return portion;
  }
}

/**
 * Reads keys and scores from an unpacked ttyrec3, in memory that does not grow with the pictures. Rejects with TapeError
 * `bad_ttyrec`.
 */
export async function readTtyrec3(source: AsyncIterable<Uint8Array>): Promise<Recording> {
  const portions = new Portions(source);
  const scores: { keys: number; score: number }[] = [];
  let keys = new Uint8Array(1024);
  let used = 0;
  for (let header = await portions.take(HEADER); header !== null; header = await portions.take(HEADER)) {
    const view = new DataView(header.buffer, header.byteOffset, HEADER);
    const [microseconds, length, channel] = [
      view.getInt32(4, true),
      view.getInt32(8, true),
      view.getUint8(12),
    ];
    const at = portions.taken - HEADER;
    if (
      microseconds < 0 ||
      microseconds >= 1e6 ||
      length < 0 ||
      length > LONGEST_FRAME ||
      channel > CHANNEL.score
    )
      throw bad(`at byte ${at} there should be a frame's header. (Versions 1 and 2 hold no keys.)`);
    const payload = length === 0 ? new Uint8Array(0) : await portions.take(length);
    if (payload === null) throw bad(`it ends in the middle of a frame, at byte ${portions.taken}`);
    if (channel === CHANNEL.key) {
      if (used + length > LIMITS.keys)
        throw new TapeError('too_large', `it has more than ${LIMITS.keys} keys`);
      if (used + length > keys.length) {
        const grown = new Uint8Array(Math.max(2 * keys.length, used + length));
        grown.set(keys);
        keys = grown;
      }
      keys.set(payload, used);
      used += length;
    } else if (channel === CHANNEL.score) {
      if (length !== 4) throw bad(`the score at byte ${at} has ${length} bytes; 4 are wanted`);
      if (scores.length >= LIMITS.keys)
        throw new TapeError('too_large', `it has more than ${LIMITS.keys} scores`);
      scores.push({
        keys: used,
        score: new DataView(payload.buffer, payload.byteOffset, 4).getInt32(0, true),
      });
    }
  }
  if (used === 0) throw bad('it holds no keys');
  return { keys: keys.slice(0, used), scores };
}
