import { closeSync, openSync, readSync } from 'node:fs';

/**
 * So old a reading may be when it serves as the one before a wait, milliseconds. A reading takes 1.6 µs, so that at most one in a
 * millisecond costs a 600th; what it errs by is at most this, in the agent's favour.
 */
const STALE_MS = 1;
const NS_PER_MS = 1e6;
const SPACE = 32;

/**
 * How long this thread could have run and had no processor, by the kernel's own account of it: the second figure of
 * /proc/thread-self/schedstat, in nanoseconds. Where the kernel keeps none it is always 0.
 */
export class ProcessorWait {
  #fd: number | null = null;
  readonly #text = new Uint8Array(64);
  #seenMs = 0;
  #seenAt = -Infinity;

  constructor() {
    try {
      this.#fd = openSync('/proc/thread-self/schedstat', 'r');
    } catch {
      // A kernel without it: then this thread's waiting cannot be told from the agent's.
    }
  }

  /** Before something that may wait; `now` by `performance.now()`. */
  mark(now: number): void {
    if (now - this.#seenAt < STALE_MS) return;
    this.#seenMs = this.#read();
    this.#seenAt = now;
  }

  /** Milliseconds since the mark for which this thread had no processor. */
  sinceMark(): number {
    return this.#read() - this.#seenMs;
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  #read(): number {
    if (this.#fd === null) return 0;
    const length = readSync(this.#fd, this.#text, 0, this.#text.length, 0);
    let at = this.#text.indexOf(SPACE) + 1;
    let ns = 0;
    for (
      let digit = this.#text[at] ?? SPACE;
      at < length && digit !== SPACE;
      digit = this.#text[++at] ?? SPACE
    )
      ns = 10 * ns + digit - 48;
    return ns / NS_PER_MS;
  }
}
