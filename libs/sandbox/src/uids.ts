import { SandboxError } from './errors.ts';

/** Numeric users for sandboxes, one each: limits on processes and key rings are counted by uid. */
export class UidRange {
  readonly #free: number[];
  readonly first: number;
  readonly count: number;

  constructor(first: number, count: number) {
    if (!Number.isInteger(first) || first < 1000 || !Number.isInteger(count) || count < 1) {
      throw new SandboxError(
        `the range of sandbox uids ${first}+${count} is wrong: it starts at 1000 or above and holds at least one`,
      );
    }
    this.first = first;
    this.count = count;
    this.#free = Array.from({ length: count }, (_, i) => first + i);
  }

  /** Throws SandboxError when all are in use. The one given back longest ago comes first. */
  take(): number {
    const uid = this.#free.shift();
    if (uid === undefined) {
      throw new SandboxError(
        `all ${this.count} sandbox uids are in use: run fewer shards at once or widen the range`,
      );
    }
    return uid;
  }

  giveBack(uid: number): void {
    this.#free.push(uid);
  }
}
