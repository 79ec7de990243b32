/** Keys a game was given, in order. Logs of branches share their common beginning until one of them grows. */
export class KeyLog {
  private bytes: Uint8Array;
  private used: number;
  /** Whether the space behind `used` is this log's to write. */
  private owned: boolean;

  constructor(shared?: { readonly bytes: Uint8Array; readonly used: number }) {
    this.bytes = shared?.bytes ?? new Uint8Array(1024);
    this.used = shared?.used ?? 0;
    this.owned = shared === undefined;
  }

  push(key: number): void {
    if (!this.owned || this.used === this.bytes.length) {
      const grown = new Uint8Array(Math.max(1024, this.used * 2));
      grown.set(this.bytes.subarray(0, this.used));
      this.bytes = grown;
      this.owned = true;
    }
    this.bytes[this.used] = key;
    this.used += 1;
  }

  get length(): number {
    return this.used;
  }

  /** The keys so far, without a copy; later keys do not change them. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  /** A copy of the keys so far. */
  keys(): Uint8Array {
    return this.bytes.slice(0, this.used);
  }
}
