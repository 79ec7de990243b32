import type { Engine, FieldName as EngineField, GameEnd, Observation } from '@arena/engine';
import { TextObservation, isTextField, sourcesOf } from '@arena/observation-text';
import type { FieldName } from '@arena/protocol';

export type Seeds = { core: bigint; disp: bigint; lgen?: bigint | undefined; reseed?: boolean | undefined };

export interface Outcome {
  readonly reward: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly endStatus: number;
  readonly ascended: boolean;
}

/** What is left out stays as it was given last. */
export type SeedChange = { [name in 'core' | 'disp' | 'reseed']?: Seeds[name] | undefined };

/** A place for one game after another. */
export interface Slot {
  /** Key bytes of the actions; null: an action is the key itself. */
  readonly actions: readonly number[] | null;
  /** Actions taken in this episode. */
  readonly steps: number;
  readonly observation: Partial<Observation>;
  /** As they were given last, at the game's start or while it ran; null: none yet, or the task hides them. */
  readonly seeds: Seeds | null;
  /** How the game ended, once it has. */
  readonly end: GameEnd | null;
  /** Every key the game read, which with the seeds makes it again; null: it was reseeded, and they do not. */
  readonly keys: Uint8Array | null;
  reset(seeds: Seeds | undefined): void;
  /** New seeds for the game that runs; `seeds` are then these. Throws EngineError as TaskEnvironment.reseed. */
  reseed(change: SeedChange): void;
  step(action: number): Outcome;
  press(key: number): Outcome;
  close(): void;
}

/** The seeds in force after a change of those before. */
export function changedSeeds(before: Seeds, { core, disp, reseed }: SeedChange): Seeds & { reseed: boolean } {
  return {
    ...before,
    core: core ?? before.core,
    disp: disp ?? before.disp,
    reseed: reseed ?? before.reseed ?? false,
  };
}

export const STILL_RUNNING: Outcome = {
  reward: 0,
  terminated: false,
  truncated: false,
  endStatus: 0,
  ascended: false,
};

/**
 * What the engine has to show for these fields, where some of them are texts. As in NLE, a game plays with screen_descriptions where that
 * very field is asked for, unless `requested` says otherwise; a text that is made of it never touches the game.
 */
export function shownFields(
  fields: readonly FieldName[],
  requested: boolean | undefined,
): { readonly fields: EngineField[]; readonly screenDescriptions: boolean } {
  return {
    fields: [...new Set([...fields.filter((name) => !isTextField(name)), ...sourcesOf(fields)])],
    screenDescriptions: requested ?? fields.includes('screen_descriptions'),
  };
}

/** The views of some fields, in order: the same array as long as the observation is the same object. Texts are as of the call. */
export class Sources {
  readonly #fields: readonly FieldName[];
  readonly #texts: TextObservation | null;
  #of: Partial<Observation> | null = null;
  #views: readonly Uint8Array[] = [];

  constructor(fields: readonly FieldName[], engine: Engine) {
    this.#fields = fields;
    this.#texts = fields.some(isTextField) ? new TextObservation(fields, engine) : null;
  }

  /** `observation` has what {@link shownFields} names. */
  of(observation: Partial<Observation>): readonly Uint8Array[] {
    this.#texts?.render(observation as Observation);
    if (this.#of === observation) return this.#views;
    this.#of = observation;
    this.#views = this.#fields.map(
      (name) => this.#texts?.bytes(name) ?? bytesOf(observation[name as EngineField]),
    );
    return this.#views;
  }
}

function bytesOf(view: Observation[EngineField] | undefined): Uint8Array {
  return view === undefined
    ? new Uint8Array(0)
    : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
