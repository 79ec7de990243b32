import type { FieldName, Observation } from '../index.ts';
import { BLOCK_BYTES, CHANGES_HEADER_BYTES, FLAG_NEW_GAME, RECORD_HEADER_BYTES, type Hello } from './wire.ts';

const VIEWS = { int8: Int8Array, uint8: Uint8Array, int16: Int16Array, int32: Int32Array } as const;

const ALL_FIELDS: readonly FieldName[] = [
  'glyphs',
  'chars',
  'colors',
  'specials',
  'blstats',
  'message',
  'program_state',
  'internal',
  'inv_glyphs',
  'inv_letters',
  'inv_oclasses',
  'inv_strs',
  'screen_descriptions',
  'tty_chars',
  'tty_colors',
  'tty_cursor',
  'misc',
  'text_message',
  'text_status',
  'text_inventory',
  'text_surroundings',
];

const utf8 = new TextDecoder();

/** Zero padded UTF-8. */
function textOf(bytes: Int8Array | Uint8Array | Int16Array | Int32Array): string {
  const end = bytes.indexOf(0);
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** One record of the image. Its views are made once and show each frame in turn. */
export class Record {
  slot = 0;
  newGame = false;
  episode = 0;
  step = 0;
  seed = 0;
  score = 0;
  readonly observation: Observation;
  readonly #view: DataView;

  constructor(buffer: ArrayBuffer, at: number, fields: Hello['fields']) {
    this.#view = new DataView(buffer, at, RECORD_HEADER_BYTES);
    const read = (key: 'slot' | 'newGame' | 'episode' | 'step' | 'score'): PropertyDescriptor => ({
      enumerable: true,
      get: () => this[key],
    });
    const observation = Object.defineProperties(
      {},
      {
        slot: read('slot'),
        newGame: read('newGame'),
        episode: read('episode'),
        step: read('step'),
        score: read('score'),
      },
    );
    for (const { name, dtype, bytes, offset } of fields) {
      const View = VIEWS[dtype];
      const value = new View(buffer, at + offset, bytes / View.BYTES_PER_ELEMENT);
      const isText = name.startsWith('text_');
      Object.defineProperty(observation, name, {
        enumerable: true,
        ...(isText ? { get: () => textOf(value) } : { value }),
      });
    }
    for (const name of ALL_FIELDS) {
      if (name in observation) continue;
      Object.defineProperty(observation, name, {
        get: () => {
          throw new Error(`the field ${name} was not asked for: add it to "fields" in arena.json`);
        },
      });
    }
    this.observation = observation as Observation;
  }

  /** Takes the header of the frame just read. */
  update(): void {
    const view = this.#view;
    this.slot = view.getUint16(0, true);
    this.newGame = (view.getUint16(2, true) & FLAG_NEW_GAME) !== 0;
    this.episode = view.getUint32(4, true);
    this.step = view.getUint32(8, true);
    this.seed = view.getUint32(12, true);
    this.score = view.getInt32(16, true);
  }
}

const WORDS = BLOCK_BYTES / 8;

/** The records of all slots, as the frames so far have left them. */
export class Records {
  readonly #words: BigUint64Array;
  readonly #bySlot: readonly Record[];
  /** The question's, in its order; the same array is filled again. */
  readonly #asked: Record[] = [];

  constructor({ gamesAtOnce, strideBytes, fields }: Hello) {
    const image = new ArrayBuffer(gamesAtOnce * strideBytes);
    this.#words = new BigUint64Array(image);
    this.#bySlot = Array.from(
      { length: gamesAtOnce },
      (_, slot) => new Record(image, slot * strideBytes, fields),
    );
  }

  /** The ticket and records of the changes frame whose payload begins at byte 8 of `buffer`. */
  read(buffer: Uint8Array<ArrayBuffer>): { ticket: number; records: readonly Record[] } {
    const view = new DataView(buffer.buffer, 8);
    const count = view.getUint16(4, true);
    const blocks = view.getUint32(8, true);
    const numbersAt = CHANGES_HEADER_BYTES + padded(2 * count);
    const changed = new Uint32Array(buffer.buffer, 8 + numbersAt, blocks);
    const from = new BigUint64Array(buffer.buffer, 8 + numbersAt + padded(4 * blocks), blocks * WORDS);
    const to = this.#words;
    for (let i = 0, word = 0; i < blocks; i++) {
      const first = (changed[i] ?? 0) * WORDS;
      for (let at = first; at < first + WORDS;) to[at++] = from[word++] ?? 0n;
    }
    this.#asked.length = 0;
    for (let i = 0; i < count; i++) {
      const record = this.#bySlot[view.getUint16(CHANGES_HEADER_BYTES + 2 * i, true)];
      if (record === undefined) throw new Error('the platform asked about a slot that it did not announce');
      record.update();
      this.#asked.push(record);
    }
    return { ticket: view.getUint32(0, true), records: this.#asked };
  }
}

const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;
