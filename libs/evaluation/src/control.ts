/**
 * What main thread, clock thread and game thread share while the game thread does not listen: whose turn it is and since
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

/** Why a turn was ended by the clock, in the order of their numbers in the shared memory. */
export const EXPIRIES = ['start_timeout', 'step_timeout', 'time_bank', 'engine_hung'] as const;
export type Expiry = (typeof EXPIRIES)[number];

const WORD = { turn: 0, abort: 1, mail: 2, drain: 3, expiry: 4, answers: 5 } as const;
const WORDS = Object.keys(WORD).length;
/** Since when, the budget, excused, since when the turn that expired, and the sum of the agent's turns that are over. */
const TIMES = 5;

/** Milliseconds of a clock that never goes back and is the same in all threads. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export class Control {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #times: Float64Array;

  constructor(buffer = new SharedArrayBuffer(4 * WORDS + 8 * TIMES)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, WORDS);
    this.#times = new Float64Array(buffer, 4 * WORDS, TIMES);
  }

  /**
   * The game thread's word. `since`: when the turn begins to count, which may be a little later than now. `budgetMs`: how
   * long it may last before every game's time bank is empty.
   */
  enter(turn: Turn, since: number, budgetMs = Infinity): void {
    this.#times[0] = since;
    this.#times[1] = budgetMs;
    Atomics.store(this.#words, WORD.turn, turn);
  }

  get turn(): Turn {
    return Atomics.load(this.#words, WORD.turn) as Turn;
  }

  get since(): number {
    return this.#times[0] ?? 0;
  }

  get budgetMs(): number {
    return this.#times[1] ?? Infinity;
  }

  /** The game thread's word: a question was answered. */
  noteAnswer(): void {
    Atomics.add(this.#words, WORD.answers, 1);
  }

  /** Questions that were answered so far. */
  get answers(): number {
    return Atomics.load(this.#words, WORD.answers);
  }

  /** The game thread's word: a turn of the agent's lasted for so long. */
  noteTurn(ms: number): void {
    this.#times[4] = this.turnsMs + ms;
  }

  /** Milliseconds of the agent's turns that are over. */
  get turnsMs(): number {
    return this.#times[4] ?? 0;
  }

  /** The clock thread's word: so much of the agent's turns since its last look is not charged, since the machine had no processor. */
  excuse(ms: number): void {
    this.#times[2] = this.excusedMs + ms;
  }

  /** Milliseconds that were excused in all turns so far. */
  get excusedMs(): number {
    return this.#times[2] ?? 0;
  }

  /** The clock thread's word: the turn that began at `since` has lasted too long. Holds for whatever the agent may still say. */
  expire(expiry: Expiry, since: number): void {
    this.#times[3] = since;
    Atomics.store(this.#words, WORD.expiry, 1 + EXPIRIES.indexOf(expiry));
  }

  /** What the clock ended a process for that began at `startedAt`; null while it may go on. */
  expiryAfter(startedAt: number): Expiry | null {
    if ((this.#times[3] ?? 0) < startedAt) return null;
    return EXPIRIES[Atomics.load(this.#words, WORD.expiry) - 1] ?? null;
  }

  /** The main thread wants the game thread to stop at its next look. */
  abort(): void {
    Atomics.store(this.#words, WORD.abort, 1);
  }

  get aborted(): boolean {
    return Atomics.load(this.#words, WORD.abort) === 1;
  }

  /** The main thread has put a message into the watch port. */
  ringMail(): void {
    Atomics.add(this.#words, WORD.mail, 1);
  }

  /** Counts the messages put there so far. */
  get mail(): number {
    return Atomics.load(this.#words, WORD.mail);
  }

  /** The main thread wants no further game to begin. */
  drain(): void {
    Atomics.store(this.#words, WORD.drain, 1);
  }

  get draining(): boolean {
    return Atomics.load(this.#words, WORD.drain) === 1;
  }
}
