/**
 * What main thread and game thread share while the game thread does not listen: whose turn it is and since
 * when, so that limits are held from outside while a call runs.
 */

/** Whose turn it is. */
export const TURN = {
  /** Between processes: nobody's. */
  idle: 0,
  /** The agent's process starts and loads. */
  start: 1,
  /** A frame is being written; blocks if the agent does not read, and is its time after what the transport needs. */
  write: 2,
  /** The agent thinks. This and the waiting above is what it is charged for. */
  answer: 3,
  /** The engine. */
  game: 4,
} as const;
export type Turn = (typeof TURN)[keyof typeof TURN];

const BYTES = 40;

/** Milliseconds of a clock that never goes back and is the same in all threads. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export class Control {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #times: Float64Array;

  constructor(buffer = new SharedArrayBuffer(BYTES)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, 4);
    this.#times = new Float64Array(buffer, 16, 3);
  }

  /**
   * The game thread's word. `since`: when the turn begins to count, which may be a little later than now. `budgetMs`: how
   * long it may last before every game's time bank is empty.
   */
  enter(turn: Turn, since: number, budgetMs = Infinity): void {
    this.#times[0] = since;
    this.#times[1] = budgetMs;
    Atomics.store(this.#words, 0, turn);
  }

  get turn(): Turn {
    return Atomics.load(this.#words, 0) as Turn;
  }

  get since(): number {
    return this.#times[0] ?? 0;
  }

  get budgetMs(): number {
    return this.#times[1] ?? Infinity;
  }

  /** The main thread's word: it came to look at the clocks so much later than it wanted. */
  addLateness(ms: number): void {
    this.#times[2] = this.latenessMs + ms;
  }

  /** Milliseconds in all by which the main thread was late: as long as the worker had no processor for it. */
  get latenessMs(): number {
    return this.#times[2] ?? 0;
  }

  /** The main thread wants the game thread to stop at its next look. */
  abort(): void {
    Atomics.store(this.#words, 1, 1);
  }

  get aborted(): boolean {
    return Atomics.load(this.#words, 1) === 1;
  }

  /** The main thread has put a message into the watch port. */
  ringMail(): void {
    Atomics.add(this.#words, 2, 1);
  }

  /** Counts the messages put there so far. */
  get mail(): number {
    return Atomics.load(this.#words, 2);
  }

  /** The main thread wants no further game to begin. */
  drain(): void {
    Atomics.store(this.#words, 3, 1);
  }

  get draining(): boolean {
    return Atomics.load(this.#words, 3) === 1;
  }
}
