import type { FieldName, Observation } from '@arena/nle-wasm';
import type { GameEnd } from '../end.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { Game } from '../game.ts';
import { checkKey } from '../game.ts';
import { KeyLog } from '../key-log.ts';
import { composeOptions } from '../options.ts';
import type { NewSeeds } from '../settings.ts';
import { BLSTATS, INTERNAL, PROGRAM_STATE, inPlay } from '../status.ts';
import type { StepStatus, TaskRules } from './definition.ts';
import { STEP_STATUS } from './definition.ts';
import type { ResolvedTask, Seeds } from './options.ts';
import { Penalty } from './penalty.ts';
import { keyOutOfPrompt, type Questions } from './prompts.ts';

const SPACE = 32;
const ESCAPE = 27;
const QUIT = 0xf1; // M-q
const YES = 0x79;
/** NetHack is in its move loop after a few; a game that is not after so many never will be. */
const MOST_OPENING_KEYS = 1000;
/** A turn of a long fight or a long list needs dozens. */
const MOST_PROMPTS = 100_000;
/** Menus in menus are two or three deep. */
const MOST_QUIT_ATTEMPTS = 20;
/** What the rules read, beside the fields that are shown. */
const OWN_FIELDS: readonly FieldName[] = ['glyphs', 'blstats', 'message', 'program_state', 'internal'];

/** The chosen fields: live views while the episode runs, copies once it has ended. */
export type TaskObservation = Partial<Observation>;

export interface ResetResult {
  readonly observation: TaskObservation;
  /** The episode's seeds, to play it again; not there where the task hides them. */
  readonly info: { readonly seeds?: Seeds };
}

export interface StepResult {
  readonly observation: TaskObservation;
  readonly reward: number;
  /** The game ended, or the task succeeded. */
  readonly terminated: boolean;
  /** A limit of steps, or of steps without progress, ended the episode. */
  readonly truncated: boolean;
  readonly info: { readonly end_status: StepStatus; readonly is_ascended: boolean };
}

function copyOf(observation: Observation, fields: readonly FieldName[]): Observation {
  return Object.fromEntries(
    fields.map((name) => [name, observation[name].slice()]),
  ) as unknown as Observation;
}

/** A task's episodes, one after another. */
export class TaskEnvironment {
  readonly #engine: Engine;
  readonly #task: ResolvedTask;
  #game: Game | null = null;
  #rules: TaskRules = { reward: () => 0 };
  #log = new KeyLog();
  #ended = true;
  #steps = 0;
  #idleSteps = 0;
  readonly #before = { blstats: new Int32Array(27), internal: new Int32Array(9) };
  #shown: TaskObservation = {};
  #shownOf: Observation | null = null;

  /** Use `make`. */
  constructor(engine: Engine, task: ResolvedTask) {
    this.#engine = engine;
    this.#task = task;
  }

  /** Key bytes; the actions of `step` are indices into them. */
  get actions(): readonly number[] {
    return this.#task.actions;
  }

  /** Actions taken in this episode. */
  get steps(): number {
    return this.#steps;
  }

  /** All keys this episode's game has read, those of the environment included: a copy. */
  get keys(): Uint8Array {
    return this.#log.keys();
  }

  /** How the game ended, once the episode has; the quitting of an episode that was stopped is an end, too. */
  get end(): GameEnd | null {
    return this.#game?.end ?? null;
  }

  /**
   * Starts an episode, ending the one that runs. Without seeds the task's own source gives them. Throws EngineError:
   * `bad_task` for seeds where the task hides them, or as `Engine.newGame`.
   */
  reset(seeds?: Seeds): ResetResult {
    const { definition, nextSeeds, game, fields } = this.#task;
    if (seeds !== undefined && definition.hidesSeeds === true)
      throw new EngineError(
        'bad_task',
        `${definition.id}: an agent cannot set its seeds; its host gives nextSeeds`,
      );
    this.close();
    const used = seeds ?? nextSeeds();
    const options = composeOptions(
      this.#task.nethackOptions,
      game.character ?? definition.character,
      game.debug ?? false,
    );
    this.#game = this.#engine.newGame({
      ...game,
      seeds: used,
      options,
      fields: [...new Set([...fields, ...OWN_FIELDS])],
    });
    this.#log = new KeyLog();
    this.#open(this.#game);
    this.#steps = 0;
    this.#idleSteps = 0;
    this.#rules = definition.begin({ penalty: new Penalty(this.#task.penalty), tables: this.#engine.tables });
    this.#ended = false;
    this.#remember(this.#game);
    return {
      observation: this.#show(this.#game),
      info: definition.hidesSeeds === true ? {} : { seeds: used },
    };
  }

  /**
   * Takes one action, an index into `actions`. Throws EngineError: `bad_key` for another index, `game_over` before the
   * first reset and after an episode's end, `engine_fault`.
   */
  step(action: number): StepResult {
    const game = this.#game;
    if (game === null || this.#ended)
      throw new EngineError('game_over', 'no episode is running: call reset first');
    const key = this.#task.actions[action];
    if (key === undefined) {
      const last = this.#task.actions.length - 1;
      throw new EngineError('bad_key', `action ${String(action)} is out of range: 0 to ${String(last)}`);
    }
    try {
      return this.#take(game, key);
    } catch (error) {
      this.#ended = true;
      throw error;
    }
  }

  #take(game: Game, key: number): StepResult {
    this.#give(game, key);
    const isOver = game.observation.program_state[PROGRAM_STATE.gameOver] !== 0;
    if (isOver || !this.#task.allModes) this.#leavePrompts(game, this.#task.allQuestions ? 'all' : 'some');
    this.#steps += 1;
    const status = this.#status(game);
    const after = game.observation;
    const reward = this.#rules.reward({
      before: this.#before,
      after,
      inPlay: !game.ended && inPlay(after),
      status,
    });
    this.#remember(game);
    let observation = this.#show(game);
    if (status !== STEP_STATUS.running) {
      observation = copyOf(after, this.#task.fields);
      this.#ended = true;
      this.#quit(game);
    }
    return {
      observation,
      reward,
      terminated: status === STEP_STATUS.ended || status === STEP_STATUS.successful,
      truncated: status === STEP_STATUS.aborted,
      info: { end_status: status, is_ascended: game.end?.howName === 'ASCENDED' },
    };
  }

  /**
   * Gives one key to the game past the task: nothing is rewarded, counted or answered. `ended`: the game is over, and with
   * it the episode. Throws EngineError
   * `bad_key`, which leaves all as it was, `game_over` and `engine_fault` as `step`.
   */
  press(key: number): { readonly observation: TaskObservation; readonly ended: boolean } {
    const game = this.#game;
    if (game === null || this.#ended)
      throw new EngineError('game_over', 'no episode is running: call reset first');
    checkKey(key);
    try {
      this.#give(game, key);
    } catch (error) {
      this.#ended = true;
      throw error;
    }
    if (!game.ended) {
      this.#remember(game);
      return { observation: this.#show(game), ended: false };
    }
    this.#ended = true;
    return { observation: copyOf(game.observation, this.#task.fields), ended: true };
  }

  /**
   * New seeds for the game that runs, as `Game.reseed`: what comes after is no function of the episode's seeds and keys any more. Throws
   * EngineError `bad_task` where the task hides its seeds, `game_over` as `step`, and as `Game.reseed`.
   */
  reseed(seeds: NewSeeds): void {
    const { definition } = this.#task;
    if (definition.hidesSeeds === true)
      throw new EngineError('bad_task', `${definition.id}: an agent cannot set its seeds`);
    if (this.#game === null || this.#ended)
      throw new EngineError('game_over', 'no episode is running: call reset first');
    this.#game.reseed(seeds);
  }

  /** Whether `reseed` was called in this episode: its seeds and `keys` then do not make it again. */
  get reseeded(): boolean {
    return this.#game?.reseeded ?? false;
  }

  /** Ends the episode that runs, as its own rules would. The environment can be reset again. */
  close(): void {
    const game = this.#game;
    if (game === null) return;
    try {
      if (!this.#ended && game.fault === null) this.#quit(game);
    } finally {
      this.#ended = true;
      game.dispose();
    }
  }

  #give(game: Game, key: number): void {
    this.#log.push(key);
    game.step(key);
  }

  #open(game: Game): void {
    for (let keys = 0; keys < MOST_OPENING_KEYS; keys += 1) {
      if (game.ended || game.observation.program_state[PROGRAM_STATE.inMoveLoop] !== 0) break;
      this.#give(game, SPACE);
    }
    if (!game.ended && game.observation.program_state[PROGRAM_STATE.inMoveLoop] !== 0) return;
    throw new EngineError(
      'bad_task',
      `the game did not come to its first turn by pressing space (${String(this.#log.length)} times); look at its options`,
    );
  }

  #leavePrompts(game: Game, questions: Questions): void {
    for (let keys = 0; !game.ended; keys += 1) {
      const key = keyOutOfPrompt(game.observation, questions);
      if (key === null) return;
      if (keys === MOST_PROMPTS)
        throw new EngineError('engine_fault', `a prompt did not go away after ${String(keys)} keys`, {
          ...(game.reseeded ? {} : { tape: this.keys }),
        });
      this.#give(game, key);
    }
  }

  /** The end of the game comes before any limit, a limit before success. */
  #status(game: Game): StepStatus {
    const { maxEpisodeSteps, noProgressSteps } = this.#task;
    const turns = game.observation.blstats[BLSTATS.turns];
    this.#idleSteps = turns === this.#before.blstats[BLSTATS.turns] ? this.#idleSteps + 1 : 0;
    if (game.ended) return STEP_STATUS.ended;
    if (this.#steps >= maxEpisodeSteps) return STEP_STATUS.aborted;
    if (noProgressSteps > 0 && this.#idleSteps >= noProgressSteps) return STEP_STATUS.aborted;
    return this.#rules.isSuccess?.(game.observation) === true ? STEP_STATUS.successful : STEP_STATUS.running;
  }

  /** Out of whatever prompt or menu it is at, then #quit: so the game writes its record. */
  #quit(game: Game): void {
    for (let attempts = 0; attempts < MOST_QUIT_ATTEMPTS; attempts += 1) {
      this.#leavePrompts(game, 'none');
      this.#giveAll(game, [QUIT]);
      if (game.ended) return;
      // A menu, a text or a command that waits for a place on the map took that key for its own; in a text the first
      // ESC only clears it.
      const isAsked = game.observation.internal[INTERNAL.inYesNo] !== 0;
      this.#giveAll(game, isAsked ? [YES] : [ESCAPE, ESCAPE]);
    }
  }

  #giveAll(game: Game, keys: readonly number[]): void {
    for (const key of keys) {
      if (game.ended) return;
      this.#give(game, key);
    }
  }

  #remember({ observation }: Game): void {
    this.#before.blstats.set(observation.blstats);
    this.#before.internal.set(observation.internal);
  }

  #show({ observation }: Game): TaskObservation {
    if (this.#shownOf !== observation) {
      this.#shownOf = observation;
      this.#shown = Object.fromEntries(this.#task.fields.map((name) => [name, observation[name]]));
    }
    return this.#shown;
  }
}
