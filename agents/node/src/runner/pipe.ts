import { readSync, writeSync } from 'node:fs';
import { FRAME_HEADER_BYTES } from './wire.ts';

/** A hello is some 12 kB; frames grow the buffer to what they need, once. */
const FIRST_BUFFER = 64 * 1024;
/** Frames begin at 3, so that their payload begins at 8 and typed views can lie on it. */
const START = 8 - FRAME_HEADER_BYTES;

/** Frames in on descriptor 0, frames out on descriptor 1; both block. */
export class Pipe {
  #buffer = new Uint8Array(FIRST_BUFFER);
  #view = new DataView(this.#buffer.buffer);

  /** The buffer all payloads are read into, from byte 8 on. Another one after a frame larger than all before. */
  get buffer(): Uint8Array<ArrayBuffer> {
    return this.#buffer;
  }

  /** Reads the next frame; null when the platform closed the pipe. */
  read(): { type: number; length: number } | null {
    if (!this.#fill(START, FRAME_HEADER_BYTES)) return null;
    const length = this.#view.getUint32(START, true);
    const type = this.#buffer[START + 4] ?? 0;
    if (8 + length > this.#buffer.length) {
      this.#buffer = new Uint8Array(8 + length);
      this.#view = new DataView(this.#buffer.buffer);
    }
    return this.#fill(8, length) ? { type, length } : null;
  }

  payload(length: number): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(8, 8 + length);
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += writeSync(1, bytes, at);
  }

  writeJson(type: number, value: unknown): void {
    const json = new TextEncoder().encode(JSON.stringify(value));
    const frame = new Uint8Array(FRAME_HEADER_BYTES + json.length);
    new DataView(frame.buffer).setUint32(0, json.length, true);
    frame[4] = type;
    frame.set(json, FRAME_HEADER_BYTES);
    this.write(frame);
  }

  #fill(at: number, length: number): boolean {
    for (let have = 0; have < length;) {
      const n = readSync(0, this.#buffer, at + have, length - have, null);
      if (n === 0) return false;
      have += n;
    }
    return true;
  }
}
