import { neutralise as neutraliseText } from '@arena/contracts/text';

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

/** Bytes as text that is safe to show. */
export function neutralise(bytes: Uint8Array): string {
  return neutraliseText(new TextDecoder().decode(bytes));
}
