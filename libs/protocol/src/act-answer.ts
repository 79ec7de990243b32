import { ProtocolError } from './protocol-error.ts';
import { ACT_ENTRY_BYTES, ACT_HEADER_BYTES, MAX_EXPLANATION_BYTES, NO_KEY } from './wire.ts';

/** What was asked: a key for each of `slots`, under this ticket. */
export interface ActQuestion {
  ticket: number;
  slots: readonly number[];
}

/** An agent's words as one line that cannot disturb a terminal. */
function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function gamesOf(n: number): string {
  return `${n} ${n === 1 ? 'game' : 'games'}`;
}

function wrongLength(asked: number, length: number): ProtocolError {
  const due = ACT_HEADER_BYTES + ACT_ENTRY_BYTES * asked;
  return new ProtocolError(
    'wrong_length',
    `an answer for ${gamesOf(asked)} has ${due} bytes, the agent's has ${length}`,
  );
}

/**
 * Reads the payload of an act frame, whose ticket is right: what was answered for which game. A game whose answer is
 * missing, given twice or no action has {@link NO_KEY} in {@link keys} and its own sentence in {@link explanationOf};
 * it costs no other game of the question. Too many answers cost them all, since none can be told from the wrong ones.
 */
export class ActAnswer {
  /** By place in the question; {@link NO_KEY} where no action was answered. Valid until the next {@link read}. */
  readonly keys: Uint8Array;
  readonly #allowed: Uint8Array;
  #slots: readonly number[] = [];
  /** Null while every game has its key, which is what has to be fast. */
  #wrong: Map<number, string> | null = null;

  /** `games` at most in a question; `keys` that are actions. */
  constructor(games: number, keys: Iterable<number>) {
    this.keys = new Uint8Array(games);
    this.#allowed = new Uint8Array(256);
    for (const key of keys) this.#allowed[key] = 1;
  }

  /** Why the game at this place of the question has no key; '' if it has one. */
  explanationOf(place: number): string {
    return this.#wrong?.get(place) ?? '';
  }

  /** Throws ProtocolError for a length no answer to the question can have, before the payload is read. */
  static checkLength(slots: readonly number[], length: number): void {
    if (length > ACT_HEADER_BYTES + ACT_ENTRY_BYTES * slots.length + MAX_EXPLANATION_BYTES) {
      throw wrongLength(slots.length, length);
    }
  }

  /** Throws ProtocolError where bytes are left over that are neither an answer nor words about one. */
  read({ slots }: ActQuestion, payload: Uint8Array): void {
    this.#slots = slots;
    this.#wrong = null;
    const due = ACT_HEADER_BYTES + ACT_ENTRY_BYTES * slots.length;
    if (payload.length === due && this.#readInOrder(payload)) return;
    this.#wrong = new Map();
    const words = payload.length > due && this.#hasNone(payload) ? due : payload.length;
    if ((words - ACT_HEADER_BYTES) % ACT_ENTRY_BYTES !== 0) throw wrongLength(slots.length, payload.length);
    const entries = (words - ACT_HEADER_BYTES) / ACT_ENTRY_BYTES;
    if (entries > slots.length) this.#refuseAll(entries);
    else this.#readEach(payload, entries, payload.subarray(words));
  }

  /** The way of every answer but a wrong one. */
  #readInOrder(payload: Uint8Array): boolean {
    const slots = this.#slots;
    for (let i = 0; i < slots.length; i++) {
      const at = ACT_HEADER_BYTES + ACT_ENTRY_BYTES * i;
      const key = payload[at + 2] ?? 0;
      if (slotAt(payload, at) !== slots[i] || this.#allowed[key] !== 1) return false;
      this.keys[i] = key;
    }
    return true;
  }

  /** Whether one of the due entries says that words follow. */
  #hasNone(payload: Uint8Array): boolean {
    return this.#slots.some((_, i) => payload[ACT_HEADER_BYTES + ACT_ENTRY_BYTES * i + 2] === NO_KEY);
  }

  #refuseAll(entries: number): void {
    this.keys.fill(NO_KEY, 0, this.#slots.length);
    for (const place of this.#slots.keys()) {
      this.#wrong?.set(place, `the agent gave ${entries} answers for ${gamesOf(this.#slots.length)}`);
    }
  }

  #readEach(payload: Uint8Array, entries: number, words: Uint8Array): void {
    const slots = this.#slots;
    const lines = new TextDecoder().decode(words).trimEnd().split('\n').map(plainText);
    const seen = new Set<number>();
    const foreign: number[] = [];
    let nones = 0;
    this.keys.fill(NO_KEY, 0, slots.length);
    for (let i = 0; i < entries; i++) {
      const at = ACT_HEADER_BYTES + ACT_ENTRY_BYTES * i;
      const slot = slotAt(payload, at);
      const key = payload[at + 2] ?? 0;
      // Each entry without a key has its line; the last line speaks for those that follow.
      const line = key === NO_KEY ? lines[Math.min(nones++, lines.length - 1)] : undefined;
      const place = slots.indexOf(slot);
      if (place < 0) {
        foreign.push(slot);
        continue;
      }
      this.keys[place] = NO_KEY;
      if (seen.has(place)) {
        this.#wrong?.set(place, `the agent answered twice for slot ${slot} of one question`);
      } else if (this.#allowed[key] === 1) {
        this.keys[place] = key;
      } else {
        this.#wrong?.set(
          place,
          line
            ? `the agent answered no action: ${line}`
            : `the agent pressed key ${key}, which is none of the actions' keys`,
        );
      }
      seen.add(place);
    }
    const instead =
      foreign.length === 0 ? '' : `; it answered for slot ${foreign.join(', ')}, which was not asked`;
    for (const [place, slot] of slots.entries()) {
      if (seen.has(place)) continue;
      this.#wrong?.set(
        place,
        `the agent gave no answer for slot ${slot}: ${entries} for ${gamesOf(slots.length)}${instead}`,
      );
    }
  }
}

function slotAt(payload: Uint8Array, at: number): number {
  return (payload[at] ?? 0) | ((payload[at + 1] ?? 0) << 8);
}
