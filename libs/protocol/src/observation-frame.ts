import { FLAG_NEW_GAME, FRAME, FRAME_HEADER_BYTES, OBSERVE_HEADER_BYTES, type RecordLayout } from './wire.ts';

/** Payloads begin at 8 of the buffer, the frame itself at 3. */
const START = 8 - FRAME_HEADER_BYTES;

export interface RecordHeader {
  slot: number;
  newGame: boolean;
  episode: number;
  step: number;
  /** 32 bits for the agent's own random numbers in this game. */
  seed: number;
  score: number;
}

/**
 * The one buffer in which questions are put together: `begin`, `add` for each game with its fields, `end`.
 * It is used again for each question; 32 games with the challenge's 14 fields make 4.8 MB.
 */
export class ObservationFrame {
  readonly #layout: RecordLayout;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #capacity: number;
  #records = 0;

  /** `games`: the most records a frame will hold. */
  constructor(layout: RecordLayout, games: number) {
    this.#layout = layout;
    this.#capacity = games;
    this.#bytes = new Uint8Array(
      START + FRAME_HEADER_BYTES + OBSERVE_HEADER_BYTES + games * layout.recordBytes,
    );
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** A new, empty question; the answer has to name its ticket. */
  begin(ticket: number): void {
    this.#records = 0;
    this.#view.setUint32(START + FRAME_HEADER_BYTES, ticket, true);
  }

  /** Adds a record; `sources` are the bytes of the layout's fields, in its order. Throws RangeError on other sizes. */
  add(header: RecordHeader, sources: readonly Uint8Array[]): void {
    if (this.#records === this.#capacity) throw new RangeError(`a frame for ${this.#capacity} games is full`);
    const at = START + FRAME_HEADER_BYTES + OBSERVE_HEADER_BYTES + this.#records * this.#layout.recordBytes;
    this.#records += 1;
    const view = this.#view;
    view.setUint16(at, header.slot, true);
    view.setUint16(at + 2, header.newGame ? FLAG_NEW_GAME : 0, true);
    view.setUint32(at + 4, header.episode, true);
    view.setUint32(at + 8, header.step, true);
    view.setUint32(at + 12, header.seed, true);
    view.setInt32(at + 16, header.score, true);
    const { fields } = this.#layout;
    for (let i = 0; i < fields.length; i++) {
      const layout = fields[i];
      if (layout === undefined) continue;
      const bytes = sources[i];
      if (bytes?.length !== layout.bytes) {
        throw new RangeError(`${layout.name} has ${layout.bytes} bytes, got ${bytes?.length ?? 0}`);
      }
      this.#bytes.set(bytes, at + layout.offset);
    }
  }

  /** The finished frame, a question or `last`: a view on the buffer, good until the next `begin`. */
  end(type: typeof FRAME.observe | typeof FRAME.last = FRAME.observe): Uint8Array {
    const payload = OBSERVE_HEADER_BYTES + this.#records * this.#layout.recordBytes;
    this.#view.setUint32(START, payload, true);
    this.#bytes[START + 4] = type;
    this.#view.setUint16(START + FRAME_HEADER_BYTES + 4, this.#records, true);
    return this.#bytes.subarray(START, START + FRAME_HEADER_BYTES + payload);
  }
}
