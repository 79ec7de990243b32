import type { FieldName, Observation, SetUp, StepGame, StepGames } from '@arena/nle-wasm';
import { LoaderError } from '@arena/nle-wasm';
import type { GameEnd } from './end.ts';
import { gameEnd } from './end.ts';
import { EngineError, shown } from './errors.ts';
import { KeyLog } from './key-log.ts';
import type { KeySource, PlayResult } from './run.ts';
import { asPolicy } from './run.ts';
import type { NewSeeds } from './settings.ts';
import { checkNewSeeds } from './settings.ts';
import type { Snapshot } from './snapshot.ts';
import { checkSnapshot, makeSnapshot } from './snapshot.ts';

/** `tape`: the keys that led to a fault. */
export function asEngineError(error: unknown, tape?: Uint8Array): unknown {
  if (!(error instanceof LoaderError)) return error;
  return new EngineError(error.code, error.message, {
    cause: error,
    ...(tape === undefined || error.code !== 'engine_fault' ? {} : { tape }),
  });
}

export function checkKey(key: number): void {
  if (!Number.isInteger(key) || key < 0 || key > 255) {
    throw new EngineError('bad_key', `key ${shown(key)} is no byte: it must be a whole number from 0 to 255`);
  }
}

/** The bytes of a view, in C order, little endian, without a copy. */
export function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** The engine a game belongs to. */
export interface Home {
  readonly id: string;
  readonly games: StepGames;
}

/** One running game. Many live at once, each in its own memory; none touches another. */
export class Game {
  private readonly home: Home;
  private running: StepGame | null;
  private readonly keys: KeyLog;
  private finish: GameEnd | null = null;
  private broken: EngineError | null = null;
  private hasNewSeeds: boolean;

  private constructor(home: Home, running: StepGame, keys: KeyLog, hasNewSeeds = false) {
    this.home = home;
    this.running = running;
    this.keys = keys;
    this.hasNewSeeds = hasNewSeeds;
  }

  /** Use `Engine.newGame`. */
  static start(home: Home, settings: SetUp): Game {
    try {
      const game = new Game(home, home.games.start(settings), new KeyLog());
      if (game.live().memory.hasEnded) game.noteEnd();
      return game;
    } catch (error) {
      throw asEngineError(error, new Uint8Array());
    }
  }

  /** Use `Engine.restore`. */
  static restore(home: Home, snapshot: Snapshot): Game {
    checkSnapshot(snapshot, home.id);
    const { tape, image, reseeded } = snapshot;
    try {
      const keys = new KeyLog({ bytes: tape, used: tape.length });
      return new Game(home, home.games.restore(image), keys, reseeded);
    } catch (error) {
      throw asEngineError(error);
    }
  }

  private noteEnd(): void {
    const { memory } = this.live();
    this.finish = gameEnd(memory.how, memory.file('xlogfile'));
  }

  private live(): StepGame {
    if (this.running !== null) return this.running;
    throw this.broken === null
      ? new EngineError('game_over', 'this game was disposed of')
      : new EngineError('game_over', `this game is over: ${this.broken.message}`, { cause: this.broken });
  }

  /** The game if a key can follow. */
  private waiting(): StepGame {
    const game = this.live();
    if (this.finish !== null)
      throw new EngineError(
        'game_over',
        `the game ended after ${String(this.steps)} keys; no key can follow`,
      );
    return game;
  }

  /**
   * Gives one key (0-255) and runs to the next key request. Returns false once the game has ended with this key; the
   * observation is then the last one: the terminal as NetHack leaves it, with the text it ends on, and no map.
   * Throws EngineError `bad_key`, `game_over` after the end, `engine_fault` when the engine failed: then this game is
   * over, its `tape` is kept, and other games go on.
   */
  step(key: number): boolean {
    checkKey(key);
    const game = this.waiting();
    this.keys.push(key);
    let goesOn: boolean;
    try {
      goesOn = game.step(key);
    } catch (error) {
      // its memory is in no known state: it is not given back for another game
      this.running = null;
      const fault = asEngineError(error, this.hasNewSeeds ? undefined : this.tape);
      if (fault instanceof EngineError) this.broken = fault;
      throw fault;
    }
    if (!goesOn) this.noteEnd();
    return goesOn;
  }

  /**
   * Both generators start anew from these seeds at this key request, and the reseed flag is what is given: what comes after depends
   * on the seeds and on the game as it stands, no more on the seeds before. Generators of a level seed (`lgen`) go on as they
   * were. From now on the game is no function of its settings and keys: no tape can be made of it (`reseeded`).
   * Throws EngineError `bad_seed`, `bad_setting`, and `game_over` when it is not waiting for a key.
   */
  reseed(seeds: NewSeeds): void {
    const checked = checkNewSeeds(seeds);
    const game = this.waiting();
    try {
      game.reseed(checked);
    } catch (error) {
      throw asEngineError(error);
    }
    this.hasNewSeeds = true;
  }

  /**
   * Gives keys until the game ends, the tape does, or the policy says null. Throws as `step` does; what a policy throws
   * comes out unchanged. Where nothing must be kept, `Engine.play` does the same faster.
   */
  run(source: KeySource): PlayResult {
    const policy = asPolicy(source);
    let steps = 0;
    while (this.finish === null) {
      const key = policy(this.observation, steps);
      if (key === null) break;
      this.step(key);
      steps += 1;
    }
    return { steps, end: this.finish, observation: this.observation };
  }

  /** The game as it is at this key request. Throws EngineError `game_over` when it is not waiting for a key. */
  snapshot(): Snapshot {
    const image = this.waiting().snapshot();
    return makeSnapshot(this.home.id, this.tape, image, this.hasNewSeeds);
  }

  /**
   * As `snapshot`, without a copy: its image is views that the next key changes. For those who keep only what differs
   * from what they have. Throws EngineError `game_over` as `snapshot` does.
   */
  peek(): Snapshot {
    return makeSnapshot(this.home.id, this.tape, this.waiting().view(), this.hasNewSeeds);
  }

  /** A second game at the same point; both go on by themselves. Throws EngineError `game_over` as `snapshot` does. */
  clone(): Game {
    return Game.restore(this.home, this.peek());
  }

  /** Live views of the fields, no copies: take what must be kept before the next step, and ask for it again after. */
  get observation(): Observation {
    return this.live().memory.observation;
  }

  get ended(): boolean {
    return this.finish !== null;
  }

  /** How it ended, once it has. */
  get end(): GameEnd | null {
    return this.finish;
  }

  /** The engine fault that ended it, if one did. */
  get fault(): EngineError | null {
    return this.broken;
  }

  /** Whether `reseed` was called on the way here, before a snapshot too: settings and keys then do not make it again. */
  get reseeded(): boolean {
    return this.hasNewSeeds;
  }

  /** Keys given so far. */
  get steps(): number {
    return this.keys.length;
  }

  /** The keys given so far, one byte each, those of a fault included; readable after the end and after `dispose` too. */
  get tape(): Uint8Array {
    return this.keys.view();
  }

  /** Bytes of memory the game holds now. */
  get memoryBytes(): number {
    return this.live().memory.size;
  }

  /** One field's bytes as they are digested: C order, little endian; a live view like the observation. */
  fieldBytes(name: FieldName): Uint8Array {
    return bytesOf(this.observation[name]);
  }

  /** Lets go of the game's memory, which serves another game later: views that were taken from it become empty. */
  dispose(): void {
    if (this.running !== null) this.home.games.release(this.running);
    this.running = null;
  }
}
