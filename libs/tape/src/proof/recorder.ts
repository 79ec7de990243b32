import {
  type CompleteSettings,
  type FieldName,
  type Game,
  type GameEnd,
  type GameSettings,
  completeSettings,
} from '@arena/engine';
import { TapeError } from '../errors.ts';
import { type Tape, type TapeEnd, type TapeFigures, xlogfileLine } from '../tape.ts';
import { CHECKPOINT_KEYS, CheckpointChain, DIGESTED_FIELDS } from './chain.ts';

export interface RecorderOptions {
  /** Keys from one checkpoint to the next; default CHECKPOINT_KEYS. */
  readonly every?: number;
  /** Fields to digest; default DIGESTED_FIELDS. */
  readonly fields?: readonly FieldName[];
}

export function tapeEnd(end: GameEnd | null): TapeEnd {
  if (end === null) return { kind: 'open' };
  return { kind: 'ended', how: end.how, xlogfile: end.xlogfile && xlogfileLine(end.xlogfile) };
}

/** A tape would say that its seeds and keys are the game, which is no longer true. */
function refuseReseeded(game: Game): void {
  if (game.reseeded)
    throw new TapeError(
      'reseeded',
      'this game was given new seeds while it ran, so its first seeds and its keys do not make it again: no tape can be recorded of it. Seed a game before it begins to record it',
    );
}

/** Makes the tape of a game while somebody plays it key by key. */
export class TapeRecorder {
  readonly #engineId: string;
  readonly #chain: CheckpointChain;
  readonly settings: CompleteSettings;
  readonly every: number;
  /** The game must keep these up to date. */
  readonly fields: readonly FieldName[];
  #digested = 0;

  /** Throws EngineError for settings that no game can have. */
  constructor(engineId: string, settings: GameSettings, options: RecorderOptions = {}) {
    this.#engineId = engineId;
    this.settings = completeSettings(settings);
    this.every = options.every ?? CHECKPOINT_KEYS;
    this.fields = options.fields ?? DIGESTED_FIELDS;
    this.#chain = new CheckpointChain(this);
  }

  get engineId(): string {
    return this.#engineId;
  }

  /** To be called after each key; it does nothing but at checkpoints. Throws TapeError `reseeded`. */
  note(game: Game): void {
    refuseReseeded(game);
    if (game.steps - this.#digested < this.every || game.ended) return;
    this.#add(game, game.steps);
  }

  /**
   * The tape up to here. The game must not be disposed of yet, unless it ended or failed. Throws TapeError `reseeded`.
   */
  finish(game: Game, { score, turns, deepestLevel }: TapeFigures): Tape {
    refuseReseeded(game);
    const { fault } = game;
    if (this.#digested < game.steps || this.#digested === 0) this.#add(game, game.steps);
    return {
      engineId: this.#engineId,
      settings: this.settings,
      keys: game.tape.slice(),
      end: fault === null ? tapeEnd(game.end) : { kind: 'fault' },
      figures: { score, turns, deepestLevel },
      every: this.every,
      fields: this.fields,
      checkpoints: [...this.#chain.digests],
    };
  }

  #add(game: Game, steps: number): void {
    const seen = game.ended || game.fault !== null ? null : game.observation;
    this.#chain.add(game.tape.subarray(this.#digested, steps), seen);
    this.#digested = steps;
  }
}
