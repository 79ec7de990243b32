import type { FieldName, GameEnd, Observation } from '@arena/engine';

export type Seeds = { core: bigint; disp: bigint; lgen?: bigint | undefined; reseed?: boolean | undefined };

export interface Outcome {
  readonly reward: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly endStatus: number;
  readonly ascended: boolean;
}

/** A place for one game after another. */
export interface Slot {
  /** Key bytes of the actions; null: an action is the key itself. */
  readonly actions: readonly number[] | null;
  /** Actions taken in this episode. */
  readonly steps: number;
  readonly observation: Partial<Observation>;
  readonly seeds: Seeds | null;
  /** How the game ended, once it has. */
  readonly end: GameEnd | null;
  /** Every key the game read. */
  readonly keys: Uint8Array;
  reset(seeds: Seeds | undefined): void;
  step(action: number): Outcome;
  press(key: number): Outcome;
  close(): void;
}

export const STILL_RUNNING: Outcome = {
  reward: 0,
  terminated: false,
  truncated: false,
  endStatus: 0,
  ascended: false,
};

/** The views of some fields, in order: the same array as long as the observation is the same object. */
export class Sources {
  readonly #fields: readonly FieldName[];
  #of: Partial<Observation> | null = null;
  #views: readonly Uint8Array[] = [];

  constructor(fields: readonly FieldName[]) {
    this.#fields = fields;
  }

  of(observation: Partial<Observation>): readonly Uint8Array[] {
    if (this.#of === observation) return this.#views;
    this.#of = observation;
    this.#views = this.#fields.map((name) => {
      const view = observation[name];
      return view === undefined
        ? new Uint8Array(0)
        : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    });
    return this.#views;
  }
}
