/** Choices that a seed, a kind and a case's number fix: any case can be made again without those before it. */
export class Chance {
  #state: number;

  constructor(seed: number, kind: string, index: number) {
    let state = Math.imul(seed, 0x9e37_79b1) ^ Math.imul(index + 1, 0x85eb_ca6b);
    for (const letter of kind) state = Math.imul(state ^ letter.charCodeAt(0), 0x0100_0193);
    this.#state = state >>> 0;
  }

  /** 0 … 2^32-1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b_79f5) >>> 0;
    let x = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return (x ^ (x >>> 14)) >>> 0;
  }

  below(n: number): number {
    return this.next() % n;
  }

  /** True once in `n`. */
  once(n: number): boolean {
    return this.below(n) === 0;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  bytes(length: number): Buffer<ArrayBuffer> {
    return Buffer.from(Uint8Array.from({ length }, () => this.below(256)));
  }

  /** The bytes with some bits, runs and lengths changed. */
  mutated(bytes: Uint8Array): Buffer<ArrayBuffer> {
    let copy: Buffer<ArrayBuffer> = Buffer.from(bytes);
    for (let i = 1 + this.below(4); i > 0 && copy.length > 0; i--) {
      const at = this.below(copy.length);
      switch (this.below(6)) {
        case 0:
          copy[at] = (copy[at] ?? 0) ^ (1 << this.below(8));
          break;
        case 1:
          copy[at] = this.below(256);
          break;
        case 2:
          copy = copy.subarray(0, at);
          break;
        case 3:
          copy = Buffer.concat([copy.subarray(0, at), this.bytes(this.below(16)), copy.subarray(at)]);
          break;
        case 4:
          copy = Buffer.concat([copy.subarray(0, at), copy.subarray(at + this.below(600))]);
          break;
        default:
          copy.writeUIntLE(this.pick([0, 0xff, 0x7f, 0x80, 1]), at, 1);
      }
    }
    return copy;
  }
}
