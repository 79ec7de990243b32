import type { Observation } from '@arena/agent';
import type { Vocabulary } from './actions.ts';
import type { Message } from './model.ts';

/** What a model answered. */
export interface Answer {
  /** Words for actions, in their order. */
  readonly actions: readonly string[];
  /** To remember; null for nothing. */
  readonly note: string | null;
}

/** Actions of one answer; more is seldom meant. */
const MOST_ACTIONS = 8;

const rules = (
  names: readonly string[],
): string => `You play NetHack and want a high score: live long, go deep.
Answer with one JSON object and nothing else: {"actions": ["far east", "search"], "note": "what to remember"}.
"actions" has 1 to ${MOST_ACTIONS} of these, carried out in turn until something happens: ${names.join(', ')}.
Where the game asks something, they are single letters or yes, no, return, space, escape; what is asked after an action (which
thing, which way) may follow it in the same list. "note" may be left away; notes are all that you will remember.`;

/** Whether the game waits for an answer and not for a command. */
export const isQuestion = (message: string): boolean => /^(?:Question|Type a line|Menu):/.test(message);

export interface Remembered {
  readonly notes: readonly string[];
  /** The last actions, the latest at the end. */
  readonly done: readonly string[];
}

export function promptOf(
  observation: Observation,
  { notes, done }: Remembered,
  words: Vocabulary,
): Message[] {
  const { text_message: message, text_status: status, text_inventory: inventory, ...rest } = observation;
  const parts = [
    ...(notes.length === 0 ? [] : [`Your notes:\n${notes.map((note) => `- ${note}`).join('\n')}`]),
    ...(done.length === 0 ? [] : [`You did last: ${done.join(', ')}`]),
    `${rest.text_surroundings}\n${status}`,
    `You carry:\n${inventory === '' ? 'nothing' : inventory}`,
    message === '' ? 'The game says nothing.' : `The game says: ${message}`,
    ...(isQuestion(message) ? ['Answer what the game asks.'] : []),
  ];
  return [
    { role: 'system', content: rules(words.names) },
    { role: 'user', content: parts.join('\n\n') },
  ];
}

/** Letters of an answer that are read, and closing braces that are tried for each opening one: what is no answer takes no time. */
const MOST_LETTERS = 4000;
const MOST_ENDS = 4;

/** The first JSON object in the text that names actions; models like to talk around it. Null if there is none. */
export function readAnswer(text: string): Answer | null {
  const read = text.slice(0, MOST_LETTERS);
  for (let from = read.indexOf('{'); from >= 0; from = read.indexOf('{', from + 1)) {
    // Such objects hold no others: the next closing brace ends it, but for those within a note.
    let to = from;
    for (let tried = 0; tried < MOST_ENDS; tried++) {
      to = read.indexOf('}', to + 1);
      if (to < 0) return null;
      const answer = answerOf(read.slice(from, to + 1));
      if (answer !== null) return answer;
    }
  }
  return null;
}

function answerOf(json: string): Answer | null {
  let found: unknown;
  try {
    found = JSON.parse(json);
  } catch {
    return null;
  }
  const { actions, action, note } = found as { actions?: unknown; action?: unknown; note?: unknown };
  const list = Array.isArray(actions) ? actions : [actions ?? action];
  const words = list.filter((word): word is string => typeof word === 'string').slice(0, MOST_ACTIONS);
  if (words.length === 0) return null;
  return { actions: words, note: typeof note === 'string' && note.trim() !== '' ? note : null };
}
