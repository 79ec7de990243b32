import { encodeFrame, type ReplayView } from '@arena/contracts';
import { SCORE_FIELDS, ScoreKeeper, type Engine, type FieldName, type Game } from '@arena/engine';
import { openGame } from './opening.ts';
import { keysOf, settingsOf } from './tape.ts';

/** Encoded frames kept for stepping back: 512 × 3,860 bytes are 2 MB. */
const KEPT = 512;
/** Frames made before a step that was asked for, so that the next steps back need no second run from the start. */
const LEAD = 256;
const FIELDS: readonly FieldName[] = [...SCORE_FIELDS, 'tty_chars', 'tty_colors', 'tty_cursor'];

/**
 * Plays a tape to any step of its agent; step 0 is where the agent's first key is asked for. A step behind the present
 * one is reached again from the start: the engine is fast.
 */
export class Playback {
  /** Steps the tape has. */
  readonly total: number;
  readonly #engine: Engine;
  readonly #replay: ReplayView;
  readonly #keys: Uint8Array;
  readonly #opening: number;
  readonly #frames = new Map<number, Uint8Array>();
  #game: Game;
  #figures = new ScoreKeeper();
  #step = 0;
  /** The terminal before the key that ended the game; see {@link Playback.#encode}. */
  #lastScreen: { chars: Uint8Array; colors: Int8Array; row: number; column: number } | null = null;

  constructor(engine: Engine, replay: ReplayView) {
    this.#engine = engine;
    this.#replay = replay;
    this.#keys = keysOf(replay);
    ({ game: this.#game, opening: this.#opening } = this.#start());
    this.total = this.#keys.length - this.#opening;
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
    return step === 0 ? null : (this.#keys[this.#opening + step - 1] ?? null);
  }

  dispose(): void {
    this.#game.dispose();
  }

  #start(): { game: Game; opening: number } {
    const game = this.#engine.newGame({ ...settingsOf(this.#replay), fields: FIELDS });
    const opening = openGame(game, this.#keys);
    this.#figures = new ScoreKeeper();
    if (!game.ended) this.#figures.take(game.observation);
    return { game, opening };
  }

  #restart(): void {
    this.#game.dispose();
    this.#game = this.#start().game;
    this.#step = 0;
    this.#lastScreen = null;
    this.#record();
  }

  #next(): void {
    if (!this.#game.ended) {
      // A sound tape ends with the game, so only its last key needs the copy.
      if (this.#step === this.total - 1) this.#keepScreen();
      if (this.#game.step(this.#keys[this.#opening + this.#step] ?? 0))
        this.#figures.take(this.#game.observation);
    }
    this.#step += 1;
  }

  #keepScreen(): void {
    const { tty_chars, tty_colors, tty_cursor } = this.#game.observation;
    const [row = 0, column = 0] = tty_cursor;
    this.#lastScreen = { chars: tty_chars.slice(), colors: tty_colors.slice(), row, column };
  }

  #record(): void {
    if (this.#frames.has(this.#step)) return;
    this.#frames.set(this.#step, this.#encode());
    if (this.#frames.size > KEPT) {
      const oldest = this.#frames.keys().next();
      if (oldest.done !== true) this.#frames.delete(oldest.value);
    }
  }

  /** The key that ends a game shows nothing new (what it leaves on the terminal is written after the last wait). */
  #encode(): Uint8Array {
    const { tty_chars, tty_colors, tty_cursor } = this.#game.observation;
    const live = {
      chars: tty_chars,
      colors: tty_colors,
      row: tty_cursor[0] ?? 0,
      column: tty_cursor[1] ?? 0,
    };
    const screen = this.#game.ended ? (this.#lastScreen ?? live) : live;
    return encodeFrame({
      step: this.#step,
      score: this.#figures.score,
      turns: this.#figures.turns,
      depth: this.#figures.depth,
      cursorRow: screen.row,
      cursorColumn: screen.column,
      chars: screen.chars,
      colors: screen.colors,
    });
  }
}
