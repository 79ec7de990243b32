import type { RecordHeader } from './observation-frame.ts';
import {
  BLOCK_BYTES,
  CHANGES_HEADER_BYTES,
  FLAG_NEW_GAME,
  FRAME,
  FRAME_HEADER_BYTES,
  padded,
  type RecordLayout,
} from './wire.ts';

/** Payloads begin at 8 of the buffer, the frame itself at 3. */
const START = 8 - FRAME_HEADER_BYTES;
const WORDS = BLOCK_BYTES / 8;
const BLOCK_SHIFT = Math.log2(BLOCK_BYTES);
/**
 * Fields above this size are first compared in pieces by the C library (1.2 µs for the 132,720 bytes of screen_descriptions,
 * 8 µs in 17 pieces), and only pieces that differ word by word (1 µs for 17 kB).
 */
const PIECE_BYTES = 8192;

/** The bytes of a record's fields, in the layout's order: live views. The same array as long as they are the same views. */
export type FieldSources = readonly Uint8Array[];

/** One field of one slot: where it is seen and where it was kept. */
interface Pair {
  live: Uint8Array;
  kept: Uint8Array;
  /** As words of eight bytes, where both begin at a multiple of eight. */
  wide: { live: BigUint64Array; kept: BigUint64Array } | null;
  /** For the C library's comparison; null for small fields. */
  buffers: { live: Buffer; kept: Buffer } | null;
  /** Of its first byte, within the slot's record. */
  offset: number;
}

/**
 * Questions that carry only what has changed. Platform and agent each keep an image of all slots' records, which begins as
 * zeros; a frame names the blocks of 64 bytes that are other than they were. A step changes some 1 kB of the 17 kB
 * of a game with the challenge's fields, and of 150 kB with screen_descriptions.
 */
export class ChangesFrame {
  readonly #layout: RecordLayout;
  readonly #stride: number;
  readonly #image: Uint8Array;
  readonly #imageView: DataView;
  readonly #imageWords: BigUint64Array;
  readonly #pairs: { sources: FieldSources; pairs: Pair[] }[] = [];
  readonly #isDirty: Uint8Array;
  /** Numbers of the dirty blocks, in the image of all slots. */
  readonly #blocks: Uint32Array;
  #blockCount = 0;
  readonly #slots: Uint16Array;
  #records = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #words: BigUint64Array;
  readonly #capacity: number;

  /** For slots 0 … `games` - 1. */
  constructor(layout: RecordLayout, games: number) {
    this.#layout = layout;
    this.#capacity = games;
    this.#stride = padded(layout.recordBytes, BLOCK_BYTES);
    this.#image = new Uint8Array(games * this.#stride);
    this.#imageView = new DataView(this.#image.buffer);
    this.#imageWords = new BigUint64Array(this.#image.buffer);
    const blocks = (games * this.#stride) / BLOCK_BYTES;
    this.#isDirty = new Uint8Array(blocks);
    this.#blocks = new Uint32Array(blocks);
    this.#slots = new Uint16Array(games);
    const most =
      8 + CHANGES_HEADER_BYTES + padded(2 * games, 8) + padded(4 * blocks, 8) + blocks * BLOCK_BYTES;
    this.#bytes = new Uint8Array(most);
    this.#view = new DataView(this.#bytes.buffer);
    this.#words = new BigUint64Array(this.#bytes.buffer, 0, most >> 3);
  }

  /** A new, empty question; the answer has to name its ticket. */
  begin(ticket: number): void {
    this.#records = 0;
    this.#blockCount = 0;
    this.#view.setUint32(8, ticket, true);
  }

  /** Adds a record: what of it is other than at the last time its slot was added. Throws RangeError on fields of other sizes. */
  add(header: RecordHeader, sources: FieldSources): void {
    const { slot } = header;
    if (slot >= this.#capacity || this.#records === this.#capacity)
      throw new RangeError(`there is no place for slot ${slot} in a frame for ${this.#capacity} games`);
    this.#slots[this.#records] = slot;
    this.#records += 1;
    const at = slot * this.#stride;
    const view = this.#imageView;
    view.setUint16(at, slot, true);
    view.setUint16(at + 2, header.newGame ? FLAG_NEW_GAME : 0, true);
    view.setUint32(at + 4, header.episode, true);
    view.setUint32(at + 8, header.step, true);
    view.setUint32(at + 12, header.seed, true);
    view.setInt32(at + 16, header.score, true);
    this.#mark(at);
    for (const pair of this.#pairsOf(slot, sources)) this.#take(pair, at);
  }

  /** The finished frame, a question or `last`: a view on a buffer that is good until the next `begin`. */
  end(type: typeof FRAME.changes | typeof FRAME.last = FRAME.changes): Uint8Array {
    const view = this.#view;
    const slotsAt = 8 + CHANGES_HEADER_BYTES;
    const numbersAt = slotsAt + padded(2 * this.#records, 8);
    const blocksAt = numbersAt + padded(4 * this.#blockCount, 8);
    const end = blocksAt + this.#blockCount * BLOCK_BYTES;
    view.setUint32(START, end - 8, true);
    this.#bytes[START + 4] = type;
    view.setUint16(12, this.#records, true);
    view.setUint16(14, 0, true);
    view.setUint32(16, this.#blockCount, true);
    view.setUint32(20, 0, true);
    this.#bytes.fill(0, blocksAt - 8, blocksAt);
    this.#bytes.fill(0, numbersAt - 8, numbersAt);
    for (let i = 0; i < this.#records; i++) view.setUint16(slotsAt + 2 * i, this.#slots[i] ?? 0, true);
    const words = this.#words;
    const image = this.#imageWords;
    for (let i = 0, to = blocksAt >> 3; i < this.#blockCount; i++) {
      const block = this.#blocks[i] ?? 0;
      view.setUint32(numbersAt + 4 * i, block, true);
      this.#isDirty[block] = 0;
      for (let from = block * WORDS, last = from + WORDS; from < last;) words[to++] = image[from++] ?? 0n;
    }
    return this.#bytes.subarray(START, end);
  }

  #mark(byte: number): void {
    const block = byte >> BLOCK_SHIFT;
    if (this.#isDirty[block] !== 0) return;
    this.#isDirty[block] = 1;
    this.#blocks[this.#blockCount++] = block;
  }

  #pairsOf(slot: number, sources: FieldSources): Pair[] {
    const known = this.#pairs[slot];
    if (known?.sources === sources) return known.pairs;
    const at = slot * this.#stride;
    const pairs = this.#layout.fields.map(({ name, bytes, offset }, i) => {
      const live = sources[i];
      if (live?.length !== bytes)
        throw new RangeError(`${name} has ${bytes} bytes, got ${live?.length ?? 0}`);
      return pairOf(live, this.#image.subarray(at + offset, at + offset + bytes), offset);
    });
    this.#pairs[slot] = { sources, pairs };
    return pairs;
  }

  #take(pair: Pair, at: number): void {
    const { live, buffers, offset } = pair;
    if (buffers === null) {
      this.#takeRange(pair, at + offset, 0, live.length);
      return;
    }
    for (let from = 0; from < live.length; from += PIECE_BYTES) {
      const to = Math.min(from + PIECE_BYTES, live.length);
      if (buffers.live.compare(buffers.kept, from, to, from, to) !== 0)
        this.#takeRange(pair, at + offset, from, to);
    }
  }

  /** Compares and copies bytes `from` … `to` of a field that begins at `at` of the image; `from` is a multiple of eight. */
  #takeRange({ live, kept, wide }: Pair, at: number, from: number, to: number): void {
    let byte = from;
    if (wide !== null) {
      const { live: now, kept: before } = wide;
      const last = to >> 3;
      for (let i = from >> 3; i < last; i++) {
        if (now[i] === before[i]) continue;
        before[i] = now[i] ?? 0n;
        this.#mark(at + (i << 3));
      }
      byte = last << 3;
    }
    for (; byte < to; byte++) {
      if (live[byte] === kept[byte]) continue;
      kept[byte] = live[byte] ?? 0;
      this.#mark(at + byte);
    }
  }
}

function pairOf(live: Uint8Array, kept: Uint8Array, offset: number): Pair {
  const words = live.length >> 3;
  return {
    live,
    kept,
    offset,
    wide:
      live.byteOffset % 8 === 0
        ? {
            live: new BigUint64Array(live.buffer, live.byteOffset, words),
            kept: new BigUint64Array(kept.buffer, kept.byteOffset, words),
          }
        : null,
    buffers:
      live.length > PIECE_BYTES
        ? {
            live: Buffer.from(live.buffer, live.byteOffset, live.length),
            kept: Buffer.from(kept.buffer, kept.byteOffset, kept.length),
          }
        : null,
  };
}
