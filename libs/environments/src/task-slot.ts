import {
  make,
  type Engine,
  type GameEnd,
  type Observation,
  type TaskEnvironment,
  type TaskOptions,
} from '@arena/engine';
import { STILL_RUNNING, changedSeeds, type Outcome, type SeedChange, type Seeds, type Slot } from './slot.ts';

/** A game under a task's rules. */
export class TaskSlot implements Slot {
  readonly #environment: TaskEnvironment;
  #observation: Partial<Observation> = {};
  /** Null where the task hides them. */
  seeds: Seeds | null = null;

  /** Throws EngineError `bad_task`. */
  constructor(engine: Engine, task: string, options: TaskOptions) {
    this.#environment = make(task, engine, options);
  }

  get actions(): readonly number[] {
    return this.#environment.actions;
  }

  get steps(): number {
    return this.#environment.steps;
  }

  get observation(): Partial<Observation> {
    return this.#observation;
  }

  get end(): GameEnd | null {
    return this.#environment.end;
  }

  get keys(): Uint8Array | null {
    return this.#environment.reseeded ? null : this.#environment.keys;
  }

  reset(seeds: Seeds | undefined): void {
    const given =
      seeds === undefined
        ? undefined
        : {
            core: seeds.core,
            disp: seeds.disp,
            reseed: seeds.reseed ?? false,
            ...(seeds.lgen === undefined ? {} : { lgen: seeds.lgen }),
          };
    const { observation, info } = this.#environment.reset(given);
    this.#observation = observation;
    this.seeds = info.seeds ?? null;
  }

  reseed(change: SeedChange): void {
    // a task that hides its seeds, or has no episode yet, refuses whatever is asked for
    const seeds = changedSeeds(this.seeds ?? { core: 0n, disp: 0n }, change);
    const { core, disp, reseed } = seeds;
    this.#environment.reseed({ core, disp, reseed });
    this.seeds = seeds;
  }

  step(action: number): Outcome {
    const { observation, reward, terminated, truncated, info } = this.#environment.step(action);
    this.#observation = observation;
    return { reward, terminated, truncated, endStatus: info.end_status, ascended: info.is_ascended };
  }

  press(key: number): Outcome {
    const { observation, ended } = this.#environment.press(key);
    this.#observation = observation;
    return ended ? { ...STILL_RUNNING, terminated: true, endStatus: 1 } : STILL_RUNNING;
  }

  close(): void {
    this.#environment.close();
  }
}
