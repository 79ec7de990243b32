import type { FieldName, Observation } from '../index.ts';
import { FLAG_NEW_GAME, OBSERVE_HEADER_BYTES, RECORD_HEADER_BYTES, type Hello } from './wire.ts';

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
];

/** One record of the frame buffer. Its views are made once and show each frame in turn. */
export class Record {
  slot = 0;
  newGame = false;
  episode = 0;
  step = 0;
  seed = 0;
  score = 0;
  readonly observation: Observation;
  readonly #view: DataView;

  constructor(buffer: Uint8Array<ArrayBuffer>, at: number, fields: Hello['fields']) {
    this.#view = new DataView(buffer.buffer, at, RECORD_HEADER_BYTES);
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
      const value = new View(buffer.buffer, at + offset, bytes / View.BYTES_PER_ELEMENT);
      Object.defineProperty(observation, name, { value, enumerable: true });
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

/** The records of the frame buffer, as many as there are games at once. */
export class Records {
  readonly #hello: Hello;
  #buffer: Uint8Array<ArrayBuffer> | null = null;
  #records: Record[] = [];

  constructor(hello: Hello) {
    this.#hello = hello;
  }

  /** The ticket and records of the observe frame in `buffer`. */
  read(buffer: Uint8Array<ArrayBuffer>): { ticket: number; records: readonly Record[] } {
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#records = [];
    }
    const view = new DataView(buffer.buffer, 8, OBSERVE_HEADER_BYTES);
    const count = view.getUint16(4, true);
    const { recordBytes, fields } = this.#hello;
    while (this.#records.length < count) {
      this.#records.push(
        new Record(buffer, 8 + OBSERVE_HEADER_BYTES + this.#records.length * recordBytes, fields),
      );
    }
    const records = this.#records.length === count ? this.#records : this.#records.slice(0, count);
    for (const record of records) record.update();
    return { ticket: view.getUint32(0, true), records };
  }
}
