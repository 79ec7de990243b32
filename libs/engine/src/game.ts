import type { EngineModules, FieldName, Observation, SetUp } from '@arena/nle-wasm';
import { LoaderError, StepGame } from '@arena/nle-wasm';
import type { GameEnd } from './end.ts';
import { gameEnd } from './end.ts';
import { EngineError } from './errors.ts';

export function asEngineError(error: unknown): unknown {
  return error instanceof LoaderError ? new EngineError(error.code, error.message, { cause: error }) : error;
}

export function checkKey(key: number): void {
  if (!Number.isInteger(key) || key < 0 || key > 255) {
    throw new EngineError(
      'bad_key',
      `key ${String(key)} is no byte: it must be a whole number from 0 to 255`,
    );
  }
}

/** The bytes of a view, in C order, little endian, without a copy. */
export function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** One running game. Many live at once, each in its own memory; none touches another. */
export class Game {
  private running: StepGame | null;
  private keys = 0;
  private finish: GameEnd | null = null;

  /** Use `Engine.newGame`. */
  constructor(modules: EngineModules, settings: SetUp) {
    try {
      this.running = new StepGame(modules, settings);
    } catch (error) {
      throw asEngineError(error);
    }
    if (this.running.memory.hasEnded) this.end_();
  }

  private end_(): void {
    const { memory } = this.live();
    this.finish = gameEnd(memory.how, memory.file('xlogfile'));
  }

  private live(): StepGame {
    if (this.running === null) throw new EngineError('game_over', 'this game was disposed of');
    return this.running;
  }

  /**
   * Gives one key (0-255) and runs to the next key request. Returns false once the game has ended with this key; the
   * observation is then still the last one before it.
   * Throws EngineError `bad_key`, `game_over` after the end, `engine_fault` when the engine failed.
   */
  step(key: number): boolean {
    checkKey(key);
    const game = this.live();
    if (this.finish !== null)
      throw new EngineError('game_over', `the game ended after ${String(this.keys)} keys; no key can follow`);
    this.keys += 1;
    try {
      if (game.step(key)) return true;
    } catch (error) {
      this.dispose();
      throw asEngineError(error);
    }
    this.end_();
    return false;
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

  /** Keys given so far. */
  get steps(): number {
    return this.keys;
  }

  /** Bytes of memory the game holds now. */
  get memoryBytes(): number {
    return this.live().memory.size;
  }

  /** One field's bytes as they are digested: C order, little endian; a live view like the observation. */
  fieldBytes(name: FieldName): Uint8Array {
    return bytesOf(this.observation[name]);
  }

  /** Lets go of the game's memory; the garbage collector takes it when no view is left. */
  dispose(): void {
    this.running = null;
  }
}
