/** Output of agents as chance makes it: bytes, frames with right and wrong parts, and good answers with some bytes changed. */
import { ACT_ENTRY_BYTES, ACT_HEADER_BYTES, FRAME, FRAME_HEADER_BYTES } from '../wire.ts';

/** Numbers 0 … 2^32-1 that a seed fixes: xorshift32. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1;
  }

  next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state;
  }

  below(n: number): number {
    return this.next() % n;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }
}

export interface Question {
  /** null: ready is due. */
  ticket: number | null;
  slots: readonly number[];
}

export function frame(type: number, payload: Uint8Array, length = payload.length): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + payload.length);
  new DataView(bytes.buffer).setUint32(0, length, true);
  bytes[4] = type;
  bytes.set(payload, FRAME_HEADER_BYTES);
  return bytes;
}

const READY = new TextEncoder().encode('{"protocol":1,"sdk":{"name":"fuzz","version":"1"}}');

/** The answer that is due, with key 115 (search). */
export function goodAnswer({ ticket, slots }: Question): Uint8Array {
  if (ticket === null) return frame(FRAME.ready, READY);
  const payload = new Uint8Array(ACT_HEADER_BYTES + ACT_ENTRY_BYTES * slots.length);
  const view = new DataView(payload.buffer);
  view.setUint32(0, ticket, true);
  slots.forEach((slot, i) => {
    view.setUint16(ACT_HEADER_BYTES + ACT_ENTRY_BYTES * i, slot, true);
    payload[ACT_HEADER_BYTES + ACT_ENTRY_BYTES * i + 2] = 115;
  });
  return frame(FRAME.act, payload);
}

const TYPES = [FRAME.ready, FRAME.act, 0, 1, 2, 255];
const LENGTHS = [0, 1, 4, 7, 1024, 1025, 4091, 4092, 65_535, 0x7fff_ffff, 0xffff_ffff];

export function randomOutput(chance: Chance, question: Question): Uint8Array {
  switch (chance.below(6)) {
    case 0:
      return chance.bytes(chance.below(64));
    case 1:
      return frame(TYPES[chance.below(TYPES.length)] ?? 0, chance.bytes(chance.below(200)));
    case 2:
      return frame(
        TYPES[chance.below(TYPES.length)] ?? 0,
        chance.bytes(chance.below(40)),
        LENGTHS[chance.below(LENGTHS.length)] ?? 0,
      );
    case 3:
      return mutated(chance, goodAnswer(question));
    case 4:
      // Two in one, the second perhaps cut off.
      return joined(goodAnswer(question), mutated(chance, goodAnswer(question)));
    default:
      return chance.below(2) === 0 ? goodAnswer(question) : chance.bytes(chance.below(9000));
  }
}

function mutated(chance: Chance, bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let i = chance.below(4); i >= 0; i--) {
    const at = chance.below(copy.length);
    copy[at] = chance.below(3) === 0 ? chance.below(256) : (copy[at] ?? 0) ^ (1 << chance.below(8));
  }
  return chance.below(3) === 0 ? copy.subarray(0, chance.below(copy.length + 1)) : copy;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
