import { TapeError } from '../errors.ts';

/** Reads little-endian values one after another; a file that ends early throws TapeError `truncated`. */
export class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    // a Node Buffer too becomes a plain array here: its slice would be a view
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  #take(length: number): number {
    const from = this.at;
    if (length > this.#bytes.length - from) {
      throw new TapeError(
        'truncated',
        `the tape ends early: byte ${from} begins something of ${length} bytes, the file has ${this.#bytes.length}. ` +
          'Was its copying cut short?',
      );
    }
    this.at += length;
    return from;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.#take(8), true);
  }

  /** A copy. */
  bytes(length: number): Uint8Array {
    const from = this.#take(length);
    return this.#bytes.slice(from, from + length);
  }

  latin1(length: number): string {
    const from = this.#take(length);
    let text = '';
    for (const code of this.#bytes.subarray(from, from + length)) text += String.fromCharCode(code);
    return text;
  }
}

/** Collects little-endian values. */
export class Sheet {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;

  /** Where the next bytes go. To be called first: it may exchange bytes and view for larger ones. */
  #room(length: number): number {
    const from = this.#used;
    if (from + length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(2 * this.#bytes.length, from + length));
      grown.set(this.#bytes.subarray(0, from));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.#used += length;
    return from;
  }

  u8(value: number): this {
    const at = this.#room(1);
    this.#view.setUint8(at, value);
    return this;
  }

  u16(value: number): this {
    const at = this.#room(2);
    this.#view.setUint16(at, value, true);
    return this;
  }

  u32(value: number): this {
    const at = this.#room(4);
    this.#view.setUint32(at, value, true);
    return this;
  }

  u64(value: bigint): this {
    const at = this.#room(8);
    this.#view.setBigUint64(at, value, true);
    return this;
  }

  i64(value: bigint): this {
    const at = this.#room(8);
    this.#view.setBigInt64(at, value, true);
    return this;
  }

  bytes(value: ArrayLike<number>): this {
    const at = this.#room(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  latin1(text: string): this {
    return this.bytes(Array.from(text, (letter) => letter.charCodeAt(0)));
  }

  /** All that was written so far. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#used);
  }
}
