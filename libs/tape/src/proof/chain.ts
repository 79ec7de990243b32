import { FIELDS, type FieldName, type Observation } from '@arena/engine';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Head, writeHead } from '../format/head.ts';

/** Keys from one checkpoint to the next. */
export const CHECKPOINT_KEYS = 1000;

/**
 * What is digested unless asked otherwise: every field but `screen_descriptions`. Hashing 17 kB takes 0.06 ms a
 * checkpoint, 1 % of the time its 1,000 keys take to play; the descriptions are 133 kB more, 0.5 ms and 10 %, and say
 * in words what the glyphs say.
 */
export const DIGESTED_FIELDS: readonly FieldName[] = FIELDS.map(({ name }) => name).filter(
  (name) => name !== 'screen_descriptions',
);

type Digested = Readonly<Partial<Observation>>;

/**
 * The digests of a game: the first is over all that entered it, each further one over the digest before, the keys
 * since, and the observation after them. A game that differs anywhere therefore differs from the next checkpoint on,
 * even if the difference cannot be seen. SHA-256, since tapes prove scores; in JavaScript, since browsers have their own
 * only on https and only asynchronously.
 */
export class CheckpointChain {
  readonly #fields: readonly FieldName[];
  #last: Uint8Array;
  readonly digests: Uint8Array[] = [];

  constructor(head: Head) {
    this.#fields = FIELDS.filter(({ name }) => head.fields.includes(name)).map(({ name }) => name);
    this.#last = sha256(writeHead(head));
  }

  /** `observation`: null where there is none, after the key that ended the game or made the engine fail. */
  add(keysSince: Uint8Array, observation: Digested | null): Uint8Array {
    const hash = sha256.create().update(this.#last).update(keysSince);
    if (observation !== null) {
      for (const name of this.#fields) {
        const view = observation[name];
        if (view === undefined) throw new Error(`the field ${name} is to be digested but was not given`);
        hash.update(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
      }
    }
    this.#last = hash.digest();
    this.digests.push(this.#last);
    return this.#last;
  }
}
