/** Keys of a game in a buffer that doubles: a game of 20,000 keys grows it six times, one of 1,000,000 twelve. */
export class TapeWriter {
  #bytes = new Uint8Array(512);
  #length = 0;

  push(key: number): void {
    if (this.#length === this.#bytes.length) {
      const wider = new Uint8Array(2 * this.#length);
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    this.#bytes[this.#length] = key;
    this.#length += 1;
  }

  /** A copy of what was written. */
  keys(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
