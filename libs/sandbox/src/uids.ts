import type { Claim, Claims } from './claims.ts';
import { SandboxError } from './errors.ts';

/** Numeric users for sandboxes, one each: limits on processes and key rings are counted by uid, and a sandbox is ended by it. */
export class UidRange {
  readonly first: number;
  readonly count: number;
  readonly #claims: Claims;
  #next: number;

  /** `begin`: which of the range is given out first, from 0. */
  constructor(claims: Claims, { first, count, begin = 0 }: { first: number; count: number; begin?: number }) {
    if (!Number.isInteger(first) || first < 1000 || !Number.isInteger(count) || count < 1) {
      throw new SandboxError(
        `the range of sandbox uids ${first}+${count} is wrong: it starts at 1000 or above and holds at least one`,
      );
    }
    this.first = first;
    this.count = count;
    this.#claims = claims;
    this.#next = begin % count;
  }

  /** Throws SandboxError when all are in use, by this process or another. The one given out longest ago comes first. */
  take(): Claim {
    for (let tried = 0; tried < this.count; tried++) {
      const uid = this.first + this.#next;
      this.#next = (this.#next + 1) % this.count;
      const claim = this.#claims.take(uid);
      if (claim !== null) return claim;
    }
    throw new SandboxError(
      `all ${this.count} sandbox uids are in use: run fewer shards at once or widen the range`,
    );
  }
}
