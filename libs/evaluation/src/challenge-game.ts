import type { EndReason, Limits } from '@arena/contracts';
import { CHALLENGE_SCREEN_DESCRIPTIONS, SCORE_FIELDS, ScoreKeeper, inPlay, playsDebug } from '@arena/engine';
import type { Engine, FieldName, Game, GameEnd, GameSettings } from '@arena/engine';
import { TextObservation, isTextField, sourcesOf } from '@arena/observation-text';
import type { FieldSources, FieldName as WishedField, RecordLayout } from '@arena/protocol';
import { type Tape, TapeRecorder } from '@arena/tape';
import { characterFromWelcome, characterFromXlogfile } from './character.ts';
import type { GameSpecification } from './specification.ts';

/** What the rules below and live pictures read, beside the agent's fields. */
const OWN_FIELDS: readonly FieldName[] = [
  ...SCORE_FIELDS,
  'message',
  'tty_chars',
  'tty_colors',
  'tty_cursor',
];

const SPACE = 32;
/** NetHack is in its move loop after a few; a game that is not after so many never will be. */
const MOST_OPENING_KEYS = 1000;

/** What the engine starts the game with. */
export function settingsOf({
  seeds,
  character,
  options,
  clock,
  screenDescriptions,
  from,
}: GameSpecification): GameSettings {
  if (from !== undefined) return from.settings;
  return {
    seeds,
    character,
    ...(options === '' ? {} : { options, debug: playsDebug(options) }),
    clock,
    // Never from the agent: the challenge's own fields lack it, so all play without, those that ask for the field included.
    screenDescriptions: screenDescriptions ?? CHALLENGE_SCREEN_DESCRIPTIONS,
  };
}

/**
 * One game under the rules of the NetHack Challenge: the score is the sum of its rewards, which are the changes of
 * the status line's score while the game is in play; it ends by itself, after `maxSteps` actions, or after
 * `noProgressSteps` actions in a row without game time.
 */
export class ChallengeGame {
  readonly #game: Game;
  readonly #limits: Pick<Limits, 'maxSteps' | 'noProgressSteps'>;
  readonly #recorder: TapeRecorder;
  readonly #figures = new ScoreKeeper();
  /** Null where the agent wishes none. */
  readonly #texts: TextObservation | null;
  #idleSteps = 0;
  #wasInPlay = false;
  #welcome: string | null = null;
  #sources: FieldSources = [];
  #sourcesOf: Game['observation'] | null = null;
  /** The agent's keys. */
  steps = 0;
  /** Null while it goes on. */
  endReason: EndReason | null = null;

  /**
   * Starts the game, gives it the keys it is to begin after, and presses space until it was in play. Throws EngineError,
   * `game_over` for keys that go on behind the game's end.
   */
  constructor(
    engine: Engine,
    specification: GameSpecification,
    fields: readonly WishedField[],
    limits: Limits,
  ) {
    const settings = settingsOf(specification);
    this.#limits = limits;
    this.#recorder = new TapeRecorder(engine.id, settings);
    this.#game = engine.newGame({
      ...settings,
      fields: [
        ...new Set([
          ...fields.filter((name) => !isTextField(name)),
          ...sourcesOf(fields),
          ...OWN_FIELDS,
          ...this.#recorder.fields,
        ]),
      ],
    });
    this.#texts = fields.some(isTextField) ? new TextObservation(fields, engine) : null;
    for (const key of specification.from?.keys ?? []) this.#open(key);
    // one that is handed over in its last screens was in play
    for (
      let keys = 0;
      !this.#wasInPlay && !inPlay(this.#game.observation) && !this.#game.ended && keys < MOST_OPENING_KEYS;
      keys++
    ) {
      this.#open(SPACE);
    }
    this.#readWelcome();
    if (this.#game.ended) {
      this.endReason = 'game_over';
      return;
    }
    this.#figures.take(this.#game.observation);
  }

  /** A key that is not the agent's. */
  #open(key: number): void {
    this.#readWelcome();
    this.#wasInPlay ||= inPlay(this.#game.observation);
    this.#figures.take(this.#game.observation);
    this.#game.step(key);
    this.#recorder.note(this.#game);
  }

  /** Gives the agent's key. Throws EngineError when the engine fails. */
  step(key: number): void {
    this.steps += 1;
    const before = this.turns;
    // The last observation is out of play, and so without a reward.
    if (!this.#game.step(key)) {
      this.endReason = 'game_over';
      return;
    }
    this.#recorder.note(this.#game);
    this.#figures.take(this.#game.observation);
    this.#idleSteps = this.turns === before ? this.#idleSteps + 1 : 0;
    if (this.steps >= this.#limits.maxSteps) this.endReason = 'step_limit';
    else if (this.#idleSteps >= this.#limits.noProgressSteps) this.endReason = 'no_progress';
  }

  /** Sum of the rewards. */
  get score(): number {
    return this.#figures.score;
  }

  /** These are of the last observation in play. */
  get turns(): number {
    return this.#figures.turns;
  }

  get depth(): number {
    return this.#figures.depth;
  }

  get deepestLevel(): number {
    return this.#figures.deepestLevel;
  }

  get experienceLevel(): number {
    return this.#figures.experienceLevel;
  }

  /** Live views; see the engine. */
  get observation(): Game['observation'] {
    return this.#game.observation;
  }

  field(name: FieldName): Uint8Array {
    return this.#game.fieldBytes(name);
  }

  /** The bytes of a layout's fields: live views, the same array until the game's memory has grown. Texts are as of now. */
  fieldsOf({ fields }: RecordLayout): FieldSources {
    const { observation } = this.#game;
    this.#texts?.render(observation);
    if (this.#sourcesOf !== observation) {
      this.#sourcesOf = observation;
      this.#sources = fields.map(
        ({ name }) => this.#texts?.bytes(name) ?? this.#game.fieldBytes(name as FieldName),
      );
    }
    return this.#sources;
  }

  get end(): GameEnd | null {
    return this.#game.end;
  }

  /** e.g. `Val-Hum-Fem-Law`; null if NetHack did not say. */
  get character(): string | null {
    const fields = this.#game.end?.xlogfile;
    return fields ? characterFromXlogfile(fields) : this.#welcome;
  }

  /** The agent's keys so far, that of a fault included; those given before its first are not. */
  get keys(): Uint8Array {
    const { tape } = this.#game;
    return tape.slice(tape.length - this.steps);
  }

  /** Proves the game so far: all keys it has read, those before the agent's first included. */
  get tape(): Tape {
    return this.#recorder.finish(this.#game, this.#figures);
  }

  dispose(): void {
    this.#game.dispose();
  }

  #readWelcome(): void {
    if (this.#welcome !== null || this.#game.ended) return;
    const { message } = this.#game.observation;
    const end = message.indexOf(0);
    this.#welcome = characterFromWelcome(
      Buffer.from(message.subarray(0, end < 0 ? message.length : end)).toString('latin1'),
    );
  }
}
