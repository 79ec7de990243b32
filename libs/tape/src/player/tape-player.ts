import {
  type Engine,
  EngineError,
  type FieldName,
  type Game,
  type Observation,
  SCORE_FIELDS,
  ScoreKeeper,
} from '@arena/engine';
import { startOf } from '../settings.ts';
import type { Tape } from '../tape.ts';
import { SnapshotShelf } from './shelf.ts';

/** What a viewer draws. */
export const SCREEN_FIELDS = ['tty_chars', 'tty_colors', 'tty_cursor'] as const satisfies FieldName[];

/**
 * A snapshot is kept after so many keys, or so much time of playing, whichever comes first: that much is played at most
 * to get from a snapshot to any position. 1,000 keys take 3 to 5 ms; a single one that lets hundreds of turns pass may
 * take as long.
 */
const SPACING = { keys: 1000, milliseconds: 5 };

/** Room for snapshots: a 50,000-key game over 48 levels takes 26 MiB. */
const MEMORY_BYTES = 48 * 2 ** 20;

const ASK_EVERY = 64;

export interface PlayerOptions {
  /** Fields to show beside SCREEN_FIELDS and those the figures are read from. */
  readonly fields?: readonly FieldName[];
  /** Most bytes that snapshots may take; default 48 MiB. Fewer mean longer ways. */
  readonly memoryBytes?: number;
}

/**
 * Plays a tape to any position, forwards and backwards. On the first pass snapshots are left on the way; from then on
 * every position is near one. Position n is the game after n keys.
 */
export class TapePlayer {
  readonly #engine: Engine;
  readonly #tape: Pick<Tape, 'settings' | 'keys'>;
  readonly #shelf: SnapshotShelf;
  readonly #fields: readonly FieldName[];
  #game: Game;
  #figures = new ScoreKeeper();
  #position = 0;
  #since = 0;
  /** The observation before the last key: a key at which the engine fails shows nothing. */
  #lastSeen: Observation | null = null;

  /** Throws EngineError if the engine does not take the tape's settings. */
  constructor(engine: Engine, tape: Pick<Tape, 'settings' | 'keys'>, options: PlayerOptions = {}) {
    this.#engine = engine;
    this.#tape = tape;
    this.#fields = [...new Set([...SCREEN_FIELDS, ...SCORE_FIELDS, ...(options.fields ?? [])])];
    this.#shelf = new SnapshotShelf(options.memoryBytes ?? MEMORY_BYTES);
    this.#game = engine.newGame({ ...startOf(tape.settings), fields: this.#fields });
    this.#figures.take(this.#game.observation);
    this.#keep();
  }

  /** The last position. */
  get length(): number {
    return this.#tape.keys.length;
  }

  /** Keys given. */
  get position(): number {
    return this.#position;
  }

  /** The key that led here; null at the start. */
  get key(): number | null {
    return this.#position === 0 ? null : (this.#tape.keys[this.#position - 1] ?? null);
  }

  /** True once the game has ended, or the engine failed. */
  get over(): boolean {
    return this.#game.ended || this.#game.fault !== null;
  }

  /**
   * The observation at this position; once the game has ended, NetHack's last screen; once the engine failed, the last there was. Views:
   * copy what must last.
   */
  get observation(): Observation {
    return this.#game.fault !== null && this.#lastSeen !== null ? this.#lastSeen : this.#game.observation;
  }

  /** Score, turns, depth at this position. To be read only. */
  get figures(): ScoreKeeper {
    return this.#figures;
  }

  /** What the snapshots take now, and how many they are. */
  get memory(): { readonly bytes: number; readonly snapshots: number } {
    return { bytes: this.#shelf.bytes, snapshots: this.#shelf.size };
  }

  /**
   * Goes to a position 0 … length; others are brought into that range. `mayGoOn` is asked every 64 keys; when it says
   * no, false is returned, and the next call goes on from here.
   */
  seek(position: number, mayGoOn: () => boolean = () => true): boolean {
    const target = Math.min(this.length, Math.max(0, Math.trunc(position)));
    const near = this.#shelf.positionBefore(target);
    if (target < this.#position || near > this.#position) this.#restore(target);
    while (this.#position < target) {
      this.#next();
      if (this.#position % ASK_EVERY === 0 && this.#position < target && !mayGoOn()) return false;
    }
    return true;
  }

  dispose(): void {
    this.#game.dispose();
  }

  #restore(target: number): void {
    const found = this.#shelf.before(target);
    if (found === null) throw new Error('the snapshot of the start is missing');
    const { position, image, figures } = found;
    this.#game.dispose();
    this.#game = this.#engine.restore({
      engine: this.#engine.id,
      tape: this.#tape.keys.subarray(0, position),
      image,
      reseeded: false,
      bytes: image.low.length + image.high.length,
    });
    this.#figures = figures;
    this.#position = position;
    this.#since = performance.now();
  }

  #next(): void {
    if (!this.over) {
      // a sound tape ends with the game, so only its last key needs the copy
      if (this.#position === this.length - 1) this.#rememberScreen();
      this.#give(this.#tape.keys[this.#position] ?? 0);
    }
    this.#position += 1;
    if (!this.over && this.#isSnapshotDue()) this.#keep();
  }

  #give(key: number): void {
    try {
      if (this.#game.step(key)) this.#figures.take(this.#game.observation);
    } catch (error) {
      // a fault is an end like others here; whoever wants its words verifies the tape
      if (!(error instanceof EngineError) || error.code !== 'engine_fault') throw error;
    }
  }

  #isSnapshotDue(): boolean {
    const since = this.#position - this.#shelf.positionBefore(this.#position);
    if (since === 0) {
      this.#since = performance.now();
      return false;
    }
    const { thinned } = this.#shelf;
    return (
      since >= SPACING.keys * thinned || performance.now() - this.#since >= SPACING.milliseconds * thinned
    );
  }

  #keep(): void {
    this.#shelf.add(this.#position, this.#game.peek().image, this.#figures);
    this.#since = performance.now();
  }

  #rememberScreen(): void {
    const { observation } = this.#game;
    this.#lastSeen = {
      ...observation,
      ...Object.fromEntries(this.#fields.map((name) => [name, observation[name].slice()])),
    };
  }
}
