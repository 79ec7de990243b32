/** Standard error's last bytes are what a participant needs: 16 KiB hold some hundred lines of a stack trace. */
export const LOG_BYTES = 16 * 1024;

/** Keeps the last LOG_BYTES of what it is given, in memory that never grows. */
export class LogTail {
  readonly #ring = new Uint8Array(LOG_BYTES);
  #at = 0;
  #total = 0;

  push(chunk: Uint8Array): void {
    this.#total += chunk.length;
    const tail = chunk.length > LOG_BYTES ? chunk.subarray(chunk.length - LOG_BYTES) : chunk;
    const first = Math.min(tail.length, LOG_BYTES - this.#at);
    this.#ring.set(tail.subarray(0, first), this.#at);
    this.#ring.set(tail.subarray(first), 0);
    this.#at = (this.#at + tail.length) % LOG_BYTES;
  }

  /** Bytes pushed in all. */
  get total(): number {
    return this.#total;
  }

  /** What is kept, oldest first, safe to show. */
  toString(): string {
    if (this.#total <= LOG_BYTES) return neutralise(this.#ring.subarray(0, this.#at));
    const bytes = new Uint8Array(LOG_BYTES);
    bytes.set(this.#ring.subarray(this.#at));
    bytes.set(this.#ring.subarray(0, this.#at), LOG_BYTES - this.#at);
    // The first character may be cut in two: continuation bytes at the start belong to nothing.
    let start = 0;
    while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
    return neutralise(bytes.subarray(start));
  }
}

/**
 * Bytes as text that cannot move a cursor, change colours, turn text around or forge a line in a log:
 * everything that is not visible but line feed and tab becomes its control picture or U+FFFD.
 */
export function neutralise(bytes: Uint8Array): string {
  return new TextDecoder()
    .decode(bytes)
    .replace(/\r\n/g, '\n')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
      if (character === '\n' || character === '\t') return character;
      const code = character.codePointAt(0) ?? 0;
      if (code < 32) return String.fromCodePoint(0x2400 + code);
      return code === 127 ? '\u2421' : '\u{FFFD}';
    });
}
