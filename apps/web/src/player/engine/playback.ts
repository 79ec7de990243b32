import { encodeFrame, type ReplayView } from '@arena/contracts';
import type { Engine, FieldName, Game } from '@arena/engine';
import { Scorekeeper } from './score.ts';
import { keysOf, settingsOf } from './tape.ts';

/** Encoded frames kept for stepping back: 512 × 3,860 bytes are 2 MB. */
const KEPT = 512;
/** Frames made before a step that was asked for, so that the next steps back need no second run from the start. */
const LEAD = 256;
const FIELDS: readonly FieldName[] = ['blstats', 'tty_chars', 'tty_colors', 'tty_cursor'];

/** Plays a tape to any step. A step behind the present one is reached again from the start: the engine is fast. */
export class Playback {
  readonly total: number;
  readonly #engine: Engine;
  readonly #replay: ReplayView;
  readonly #keys: Uint8Array;
  readonly #frames = new Map<number, Uint8Array>();
  #game: Game;
  #keeper = new Scorekeeper();
  #step = 0;

  constructor(engine: Engine, replay: ReplayView) {
    this.#engine = engine;
    this.#replay = replay;
    this.#keys = keysOf(replay);
    this.total = this.#keys.length;
    this.#game = this.#start();
    this.#record();
  }

  /** The step the game is at. */
  get step(): number {
    return this.#step;
  }

  /**
   * Runs towards a step until it is reached or `mayGoOn` says no (asked every 64 steps); true once it is reached. A
   * step whose frame is kept is reached at once, without moving the game.
   */
  advance(target: number, mayGoOn: () => boolean): boolean {
    if (this.#frames.has(target)) return true;
    if (target < this.#step) this.#restart();
    while (this.#step < target) {
      this.#next();
      if (this.#step >= target - LEAD) this.#record();
      if (this.#step % 64 === 0 && this.#step < target && !mayGoOn()) return false;
    }
    return true;
  }

  /** The encoded frame of a kept step, or of the present one. */
  frame(step: number): Uint8Array {
    return this.#frames.get(step) ?? this.#encode();
  }

  /** The key that led to a step; null for the start. */
  keyAt(step: number): number | null {
    return this.#keys[step - 1] ?? null;
  }

  dispose(): void {
    this.#game.dispose();
  }

  #start(): Game {
    const game = this.#engine.newGame({ ...settingsOf(this.#replay), fields: FIELDS });
    this.#keeper = new Scorekeeper();
    this.#keeper.take(game.observation);
    return game;
  }

  #restart(): void {
    this.#game.dispose();
    this.#game = this.#start();
    this.#step = 0;
    this.#record();
  }

  #next(): void {
    // After the game's end the last picture stays, as a terminal would keep it; the tape's length is its own.
    if (!this.#game.ended && this.#game.step(this.#keys[this.#step] ?? 0))
      this.#keeper.take(this.#game.observation);
    this.#step += 1;
  }

  #record(): void {
    if (this.#frames.has(this.#step)) return;
    this.#frames.set(this.#step, this.#encode());
    if (this.#frames.size > KEPT) {
      const oldest = this.#frames.keys().next();
      if (oldest.done !== true) this.#frames.delete(oldest.value);
    }
  }

  #encode(): Uint8Array {
    const { tty_chars, tty_colors, tty_cursor } = this.#game.observation;
    return encodeFrame({
      step: this.#step,
      score: this.#keeper.score,
      turns: this.#keeper.turns,
      depth: this.#keeper.depth,
      cursorRow: tty_cursor[0] ?? 0,
      cursorColumn: tty_cursor[1] ?? 0,
      chars: tty_chars,
      colors: tty_colors,
    });
  }
}
