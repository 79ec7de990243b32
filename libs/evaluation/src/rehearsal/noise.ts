/**
 * Mistakes for an agent whose games others learn from. A clone that has only seen games without mistakes does not know how to
 * mend its own (Laskey et al., DART, 2017): one trained on such games sat in questions that explorer never meets until it was cut off.
 */

/** A 32-bit hash of two numbers (the finalizer of MurmurHash3, public domain): the same draw for a game's step, whoever asks. */
function draw(seed: number, step: number): number {
  let h = (seed ^ Math.imul(step + 1, 0x9e3779b1)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Whether the key at this step of the game with this seed is a mistake; `share` of all are. */
export const isMistake = (seed: number, step: number, share: number): boolean =>
  draw(seed, step) < share * 2 ** 32;

/** Makes a game's mistakes: each is a key that the agent gave before in this game, as likely as it gave it. */
export class Noise {
  readonly #seed: number;
  readonly #share: number;
  readonly #given: number[] = [];

  constructor(seed: number, share: number) {
    this.#seed = seed;
    this.#share = share;
  }

  /** The key for the game where the agent said `key`. */
  key(step: number, key: number): number {
    const { length } = this.#given;
    this.#given.push(key);
    if (length === 0 || !isMistake(this.#seed, step, this.#share)) return key;
    return this.#given[draw(~this.#seed, step) % length] ?? key;
  }
}
