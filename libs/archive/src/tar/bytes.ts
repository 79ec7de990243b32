/**
 * Bytes that come in pieces, taken one portion after another. Nothing is read before it is asked for, and each wait is
 * a wait for the source: a wait ends when the source gives more, ends or fails.
 */
export class Bytes {
  readonly #source: AsyncIterator<Uint8Array>;
  #piece: Buffer = Buffer.alloc(0);
  /** Bytes taken so far. */
  taken = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes, `most` at most and at least one; null where the source has ended. */
  async some(most: number): Promise<Buffer | null> {
    while (this.#piece.length === 0) {
      const next = await this.#source.next();
      if (next.done === true) return null;
      const { buffer, byteOffset, length } = next.value;
      this.#piece = Buffer.from(buffer, byteOffset, length);
    }
    const taken = this.#piece.subarray(0, most);
    this.#piece = this.#piece.subarray(taken.length);
    this.taken += taken.length;
    return taken;
  }

  /** The next `length` bytes; fewer where the source ends before. */
  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = length; left > 0;) {
      const part = await this.some(left);
      if (part === null) break;
      parts.push(part);
      left -= part.length;
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  /** Passes over `length` bytes; returns how many were missing at the source's end. */
  async skip(length: number): Promise<number> {
    let left = length;
    while (left > 0) {
      const part = await this.some(left);
      if (part === null) break;
      left -= part.length;
    }
    return left;
  }

  /** Gives the source up. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
