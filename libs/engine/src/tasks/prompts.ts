import type { Observation } from '@arena/nle-wasm';
import { INTERNAL } from '../status.ts';

const SPACE = 32;
const ESCAPE = 27;

/** Questions left to the agent, by what their text contains: what to eat, whether to attack or pray, which way. */
const LEFT_TO_THE_AGENT = ['eat', 'attack', 'direction?', 'pray'];

/** The text of a message field. */
export function messageText(message: Uint8Array): string {
  const end = message.indexOf(0);
  return String.fromCharCode(...message.subarray(0, end < 0 ? message.length : end));
}

/** Which questions are left for the agent to answer. */
export type Questions = 'all' | 'some' | 'none';

/** The key that leaves the prompt the game is waiting at; null where there is none, or it is left to the agent. */
export function keyOutOfPrompt({ internal, message }: Observation, questions: Questions): number | null {
  if (internal[INTERNAL.atMore] !== 0) return SPACE;
  if (internal[INTERNAL.inLineInput] !== 0) return ESCAPE;
  if (internal[INTERNAL.inYesNo] === 0 || questions === 'all') return null;
  if (questions === 'none') return ESCAPE;
  const text = messageText(message);
  return LEFT_TO_THE_AGENT.some((part) => text.includes(part)) ? null : ESCAPE;
}
