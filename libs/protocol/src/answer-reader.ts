import { ActAnswer, type ActQuestion } from './act-answer.ts';
import { MAX_GAMES_AT_ONCE, readySchema, type Ready } from './messages.ts';
import { ProtocolError } from './protocol-error.ts';
import {
  ACT_ENTRY_BYTES,
  ACT_HEADER_BYTES,
  FRAME,
  FRAME_HEADER_BYTES,
  MAX_EXPLANATION_BYTES,
  MAX_READY_BYTES,
  PROTOCOL_VERSION,
} from './wire.ts';

/** The least output cap with which `games` games can be answered and a ready frame fits. */
export function leastOutputBytes(games: number): number {
  return (
    FRAME_HEADER_BYTES +
    Math.max(MAX_READY_BYTES, ACT_HEADER_BYTES + ACT_ENTRY_BYTES * games + MAX_EXPLANATION_BYTES)
  );
}

/** The least output cap under which every agent can answer, however many games it plays at once. */
export const LEAST_OUTPUT_BYTES = leastOutputBytes(MAX_GAMES_AT_ONCE);

type Question = { kind: 'none' } | { kind: 'ready' } | ({ kind: 'act' } & ActQuestion);

/**
 * Reads what an agent writes, strictly and piece by piece, and never holds more than the cap plus one byte.
 *
 * Ask first (`askReady`, `askAct`), then read into `space()` and call `received(n)` until it says true.
 * Bytes beyond one answer stay for the next question, whose ticket they cannot know: so a second answer, or one
 * given before its question, is found there whatever the timing was.
 */
export class AnswerReader {
  readonly #cap: number;
  readonly #buffer: Uint8Array;
  readonly #view: DataView;
  readonly #act: ActAnswer;
  #have = 0;
  #question: Question = { kind: 'none' };
  #lastTicket: number | null = null;
  #ready: Ready | null = null;

  /** `cap`: bytes an agent may write for one question; `keys`: what it may press. Throws RangeError on a cap too small. */
  constructor(options: { cap: number; games: number; keys: Iterable<number> }) {
    const least = leastOutputBytes(options.games);
    if (options.cap < least) {
      throw new RangeError(
        `outputBytesPerFrame is ${options.cap}; ${options.games} games at once need at least ${least}`,
      );
    }
    this.#cap = options.cap;
    this.#buffer = new Uint8Array(options.cap + 1);
    this.#view = new DataView(this.#buffer.buffer);
    this.#act = new ActAnswer(options.games, options.keys);
  }

  /** What the agent said of itself when it was ready. */
  get ready(): Ready | null {
    return this.#ready;
  }

  /** The keys of the last answer, in the question's order; NO_KEY where there was none of the actions'. */
  get keys(): Uint8Array {
    return this.#act.keys;
  }

  /** Why the game at this place of the last question has no key; '' if it has one. */
  explanationOf(place: number): string {
    return this.#act.explanationOf(place);
  }

  askReady(): void {
    this.#question = { kind: 'ready' };
  }

  /** One key for each of `slots` is due, in this order, under this ticket. */
  askAct(ticket: number, slots: readonly number[]): void {
    this.#question = { kind: 'act', ticket, slots };
  }

  /** Where to read to; never empty while an answer is due. */
  space(): Uint8Array {
    return this.#buffer.subarray(this.#have);
  }

  /** `n` more bytes lie in `space()` (0 looks at what is left over). True once the answer is whole. Throws ProtocolError. */
  received(n: number): boolean {
    this.#have += n;
    if (this.#have > this.#cap) {
      throw new ProtocolError(
        'too_much_output',
        `the agent wrote more than ${this.#cap} bytes to standard output for one frame; ` +
          'standard output carries answers only, so print to standard error',
      );
    }
    if (this.#have < FRAME_HEADER_BYTES) return false;
    const length = this.#view.getUint32(0, true);
    this.#checkHeader(this.#buffer[4] ?? 0, length);
    if (this.#question.kind === 'act') {
      // The ticket first: an answer to another question is wrong for that, whatever else is wrong with it.
      if (length >= ACT_HEADER_BYTES && this.#have < FRAME_HEADER_BYTES + ACT_HEADER_BYTES) return false;
      this.#checkAct(this.#question, length);
    }
    const end = FRAME_HEADER_BYTES + length;
    if (this.#have < end) return false;
    const payload = this.#buffer.subarray(FRAME_HEADER_BYTES, end);
    if (this.#question.kind === 'act') {
      this.#act.read(this.#question, payload);
      this.#lastTicket = this.#question.ticket;
    } else this.#readReady(payload);
    this.#buffer.copyWithin(0, end, this.#have);
    this.#have -= end;
    this.#question = { kind: 'none' };
    return true;
  }

  #checkHeader(type: number, length: number): void {
    const question = this.#question;
    if (type !== FRAME.ready && type !== FRAME.act) {
      const text = this.#buffer
        .subarray(0, FRAME_HEADER_BYTES)
        .every((b) => b === 10 || b === 13 || (b >= 32 && b < 127));
      throw new ProtocolError(
        'unknown_frame',
        `the agent sent a frame of unknown type ${type}` +
          (text
            ? '; the bytes look like printed text: standard output carries answers only, so print to standard error'
            : ''),
      );
    }
    if (length > this.#cap - FRAME_HEADER_BYTES) {
      throw new ProtocolError(
        'too_much_output',
        `the agent announced a frame of ${length} bytes; the limit is ${this.#cap}`,
      );
    }
    if (question.kind === 'none' || type !== (question.kind === 'act' ? FRAME.act : FRAME.ready)) {
      throw new ProtocolError(
        'unexpected_frame',
        type === FRAME.act
          ? 'the agent answered before it said it was ready'
          : 'the agent said it was ready when a key was due',
      );
    }
    if (question.kind === 'ready' && length > MAX_READY_BYTES) {
      throw new ProtocolError(
        'wrong_length',
        `a ready frame has at most ${MAX_READY_BYTES} bytes, the agent's has ${length}`,
      );
    }
  }

  #checkAct({ ticket, slots }: ActQuestion, length: number): void {
    if (length < ACT_HEADER_BYTES) {
      throw new ProtocolError(
        'wrong_length',
        `an answer begins with its question's ticket of ${ACT_HEADER_BYTES} bytes, the agent's has ${length} bytes in all`,
      );
    }
    const named = this.#view.getUint32(FRAME_HEADER_BYTES, true);
    if (named !== ticket) {
      throw new ProtocolError(
        'wrong_ticket',
        named === this.#lastTicket
          ? 'the agent answered the same question twice'
          : "the agent's answer does not name the ticket of its question: it was given before the question was asked",
      );
    }
    ActAnswer.checkLength(slots, length);
  }

  #readReady(payload: Uint8Array): void {
    let found: unknown;
    try {
      found = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    } catch (cause) {
      throw new ProtocolError(
        'bad_ready',
        `the agent's ready frame is not JSON in UTF-8 (${(cause as Error).name})`,
      );
    }
    const parsed = readySchema.safeParse(found);
    if (!parsed.success) {
      throw new ProtocolError(
        'bad_ready',
        `the agent's ready frame has to be {"protocol":${PROTOCOL_VERSION},"sdk":{"name":"…","version":"…"}}`,
      );
    }
    if (parsed.data.protocol !== PROTOCOL_VERSION) {
      throw new ProtocolError(
        'bad_ready',
        `the agent speaks protocol version ${parsed.data.protocol}, this platform ${PROTOCOL_VERSION}: use the SDK that belongs to it`,
      );
    }
    this.#ready = parsed.data;
  }
}
