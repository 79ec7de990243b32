import { ELEMENTS, product, type ElementType, type Elements } from './elements.ts';
import { ModelError } from './model-error.ts';
import { shapeText } from './load-model.ts';
import type { StateFit } from './fit.ts';
import type { ModelTensor } from './session.ts';

/** What a model hands from a game's step to its next: kept for each slot, laid out anew for each run. */
export class State {
  readonly input: string;
  readonly output: string;
  readonly type: ElementType;
  readonly #fit: StateFit;
  readonly #size: number;
  readonly #outer: number;
  readonly #inner: number;
  readonly #kept: Elements;

  constructor(names: { input: string; output: string }, type: ElementType, fit: StateFit, slots: number) {
    this.input = names.input;
    this.output = names.output;
    this.type = type;
    this.#fit = fit;
    this.#outer = product(fit.before);
    this.#inner = product(fit.after);
    this.#size = this.#outer * this.#inner;
    this.#kept = new ELEMENTS[type](slots * this.#size);
  }

  get batch(): StateFit['batch'] {
    return this.#fit.batch;
  }

  dims(games: number): readonly number[] {
    return [...this.#fit.before, games, ...this.#fit.after];
  }

  /** Elements of an input for so many games. */
  length(games: number): number {
    return games * this.#size;
  }

  /** A game's first state is zero. */
  reset(slot: number): void {
    (this.#kept as Uint8Array).fill(zero(this.#kept), slot * this.#size, (slot + 1) * this.#size);
  }

  /** Puts the states of `slots` into an input for `games` games. */
  gather(to: Elements, slots: readonly number[], games: number): void {
    const inner = this.#inner;
    slots.forEach((slot, i) => {
      for (let o = 0; o < this.#outer; o++) {
        const from = slot * this.#size + o * inner;
        set(to, this.#kept.subarray(from, from + inner), (o * games + i) * inner);
      }
    });
  }

  /** Takes them from an output of so many games. Throws ModelError if it is not as large as the input. */
  scatter({ data, dims }: ModelTensor, slots: readonly number[], games: number, model: string): void {
    if (data.length !== this.length(games)) {
      throw new ModelError(
        `the output ${this.output} of ${model} is ${shapeText(dims)}, the state ${this.input} that it becomes is ${shapeText(this.dims(games))}`,
      );
    }
    const inner = this.#inner;
    slots.forEach((slot, i) => {
      for (let o = 0; o < this.#outer; o++) {
        const from = (o * games + i) * inner;
        set(this.#kept, data.subarray(from, from + inner), slot * this.#size + o * inner);
      }
    });
  }
}

/** Both are of the same type; TypeScript knows one set() of two kinds of elements. */
function set(to: Elements, from: Elements, at: number): void {
  (to as Uint8Array).set(from as Uint8Array, at);
}

function zero(elements: Elements): number {
  const isWide = elements instanceof BigInt64Array || elements instanceof BigUint64Array;
  return (isWide ? 0n : 0) as number;
}
