import type { Observation } from '@arena/nle-wasm';
import { BLSTATS } from '../status.ts';

export const PENALTY_MODES = ['constant', 'exp', 'square', 'linear', 'always'] as const;

export interface PenaltyOptions {
  /** How the penalty grows with the actions in a row that took no game time (n). Default constant. */
  readonly mode: (typeof PENALTY_MODES)[number];
  /** Added, times 1 (constant), 2^n (exp), n² (square), n (linear); every step, once (always). Default -0.01. */
  readonly step: number;
  /** Added for each turn that passed. Default 0. */
  readonly time: number;
}

export const DEFAULT_PENALTY: PenaltyOptions = { mode: 'constant', step: -0.01, time: 0 };

/** Counts the actions that took no game time, and what they cost. */
export class Penalty {
  readonly #options: PenaltyOptions;
  #idle = 0;

  constructor(options: PenaltyOptions) {
    this.#options = options;
  }

  /** The penalty of one step; to be asked once a step. */
  of({ before, after }: Record<'before' | 'after', Pick<Observation, 'blstats'>>): number {
    const turns = (after.blstats[BLSTATS.turns] ?? 0) - (before.blstats[BLSTATS.turns] ?? 0);
    this.#idle = turns === 0 ? this.#idle + 1 : 0;
    return this.#factor() * this.#options.step + turns * this.#options.time;
  }

  #factor(): number {
    switch (this.#options.mode) {
      case 'constant':
        return this.#idle > 0 ? 1 : 0;
      case 'exp':
        return 2 ** this.#idle;
      case 'square':
        return this.#idle ** 2;
      case 'linear':
        return this.#idle;
      case 'always':
        return 1;
    }
  }
}
