import { AnswerReader } from '../answer-reader.ts';
import { ProtocolError } from '../protocol-error.ts';
import { Chance, randomOutput, type Question } from './frames.ts';

export interface FuzzReport {
  outputs: number;
  /** How each ended: an answer, more bytes wanted (the agent's clock runs), or which fault. */
  verdicts: Record<string, number>;
}

const CAP = 4096;
const GAMES = 8;
const KEYS = [115, 104, 106, 107, 108];

/** Questions to one process of an agent, at most, as long as it answers. */
const LIFE = 1000;

/**
 * Gives `count` outputs to readers in pieces of any size, as pipes do; one that has answered is asked again, and what it wrote
 * beyond its answer then lies there. Throws if a reader does anything but answer, ask for more or throw a ProtocolError, if it
 * accepts what was not asked, or if it wants to hold more than its cap and one byte.
 */
export function fuzz(count: number, seed: number): FuzzReport {
  const chance = new Chance(seed);
  const verdicts: Record<string, number> = {};
  let agent = new Agent(chance);
  for (let i = 0; i < count; i++) {
    const verdict = agent.asked();
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    if (!agent.goesOn) agent = new Agent(chance);
  }
  return { outputs: count, verdicts };
}

/** One process of an agent, as its reader sees it. */
class Agent {
  readonly #chance: Chance;
  readonly #reader = new AnswerReader({ cap: CAP, games: GAMES, keys: KEYS });
  /** Written and not read yet. */
  #pipe: Uint8Array = new Uint8Array(0);
  #questions = 0;
  goesOn = true;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** What came of one more question. */
  asked(): string {
    const chance = this.#chance;
    const question: Question =
      chance.below(4) === 0
        ? { ticket: null, slots: [] }
        : {
            ticket: chance.next(),
            slots: Array.from({ length: 1 + chance.below(GAMES) }, (_, slot) => slot),
          };
    if (question.ticket === null) this.#reader.askReady();
    else this.#reader.askAct(question.ticket, question.slots);
    this.#pipe = joined(this.#pipe, randomOutput(chance, question));
    this.#questions += 1;
    try {
      const isAnswered = this.#read(question);
      this.goesOn = isAnswered && this.#questions < LIFE;
      return isAnswered ? answered(this.#reader, question) : 'more bytes wanted';
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.goesOn = false;
      if (error.message === '' || /[\p{Cc}\p{Cf}]/u.test(error.message))
        throw new Error(`no sentence for people: ${JSON.stringify(error.message)}`, { cause: error });
      return error.code;
    }
  }

  #read({ ticket }: Question): boolean {
    const reader = this.#reader;
    if (reader.received(0)) {
      // A ready frame knows no ticket; the answer to a question cannot be there before it was asked.
      if (ticket !== null) throw new Error('an answer before its question');
      return true;
    }
    while (this.#pipe.length > 0) {
      const space = reader.space();
      if (space.length === 0 || space.length > CAP + 1)
        throw new Error(`the reader has room for ${space.length} bytes`);
      const n = Math.min(space.length, this.#pipe.length, 1 + this.#chance.below(this.#pipe.length));
      space.set(this.#pipe.subarray(0, n));
      this.#pipe = this.#pipe.subarray(n);
      if (reader.received(n)) return true;
    }
    return false;
  }
}

/** Only keys of actions, or none, for as many games as were asked. */
function answered(reader: AnswerReader, { ticket, slots }: Question): string {
  if (ticket === null) {
    if (reader.ready === null) throw new Error('ready, and no word of whom');
    return 'ready';
  }
  const keys = reader.keys.subarray(0, slots.length);
  const bad = [...keys].find((key) => key !== 0 && !KEYS.includes(key));
  if (bad !== undefined) throw new Error(`key ${bad} was let through`);
  const unexplained = slots.findIndex((_, i) => (keys[i] === 0) !== (reader.explanationOf(i) !== ''));
  if (unexplained >= 0) throw new Error(`game ${unexplained} has a key and a fault, or neither`);
  return keys.includes(0) ? 'answered no action' : 'answered';
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
