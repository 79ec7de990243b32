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

/**
 * Gives `count` outputs to readers in pieces of any size, as pipes do. Throws if a reader does anything but answer, ask for
 * more or throw a ProtocolError, if it accepts what was not asked, or if it wants to hold more than its cap and one byte.
 */
export function fuzz(count: number, seed: number): FuzzReport {
  const chance = new Chance(seed);
  const verdicts: Record<string, number> = {};
  for (let i = 0; i < count; i++) {
    const verdict = one(chance);
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  }
  return { outputs: count, verdicts };
}

function one(chance: Chance): string {
  const reader = new AnswerReader({ cap: CAP, games: GAMES, keys: KEYS });
  const question: Question =
    chance.below(4) === 0
      ? { ticket: null, slots: [] }
      : { ticket: chance.next(), slots: Array.from({ length: 1 + chance.below(GAMES) }, (_, slot) => slot) };
  if (question.ticket === null) reader.askReady();
  else reader.askAct(question.ticket, question.slots);
  const output = randomOutput(chance, question);
  try {
    if (reader.received(0)) throw new Error('an answer before a byte was read');
    for (let at = 0; at < output.length;) {
      const space = reader.space();
      if (space.length === 0 || space.length > CAP + 1)
        throw new Error(`the reader has room for ${space.length} bytes`);
      const n = Math.min(space.length, output.length - at, 1 + chance.below(output.length));
      space.set(output.subarray(at, at + n));
      at += n;
      if (reader.received(n)) return answered(reader, question);
    }
    return 'more bytes wanted';
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    if (error.message === '' || /[\p{Cc}\p{Cf}]/u.test(error.message))
      throw new Error(`no sentence for people: ${JSON.stringify(error.message)}`, { cause: error });
    return error.code;
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
