import { PlatformError } from '@arena/evaluation';
import { isUnavailable } from '@arena/persistence';
import { DatabaseGoneError } from '../service/outside-faults.ts';

/** Database writes in the order of their events; the first failure is kept and stops the shard. */
export class Writes {
  readonly #onFailure: () => void;
  #last: Promise<unknown> = Promise.resolve();
  #failed = false;
  #error: unknown;

  constructor(onFailure: () => void) {
    this.#onFailure = onFailure;
  }

  add(write: () => Promise<unknown>): void {
    this.#last = this.#last.then(async () => {
      if (this.#failed) return;
      try {
        await write();
      } catch (error) {
        this.#failed = true;
        this.#error = error;
        this.#onFailure();
      }
    });
  }

  /** Waits for the writes that are under way; how they went is told by {@link settled}. */
  async idle(): Promise<void> {
    await this.#last;
  }

  /** Waits for all writes. Rejects with the first failure: DatabaseGoneError where the database could not be used. */
  async settled(): Promise<void> {
    await this.#last;
    if (!this.#failed) return;
    const cause = this.#error;
    const message = 'a game could not be written to the database';
    throw isUnavailable(cause)
      ? new DatabaseGoneError(message, { cause })
      : new PlatformError(message, { cause });
  }
}
