import type { MenuEntry } from './perception/text.ts';

/** What to say when the game asks something while a command is carried out. */
export interface Answer {
  /** Matches the question as the message line shows it. */
  readonly when: RegExp;
  /** The keys of the answer; `\r` ends a line of text. */
  readonly keys: string;
}

/** A decision: keys to type, and answers to what the game may ask before it waits for the next command. */
export interface Command {
  /** The behaviour that decided, for logs and tests. */
  readonly by: string;
  /** The keys, one byte each: `Fh`, `20s`; `\x04` kicks, `\xf0` prays (meta keys have the high bit). */
  readonly keys: string;
  /** Keys for the questions that follow (which thing, what direction), one each, so that none is taken for a command. */
  readonly then?: string;
  readonly answers?: readonly Answer[];
  /** Which entries to take where a menu opens. */
  readonly choose?: (entry: MenuEntry) => boolean;
  /** Set on a single step, so that one that fails is noticed. */
  readonly step?: { readonly from: number; readonly direction: number };
}

export const KEYS = { escape: '\x1b', enter: '\r', kick: '\x04', pray: '\xf0', search: 's' } as const;

/** Searches, which is also how to wait, for some turns. */
export function wait(by: string, turns: number): Command {
  return { by, keys: turns > 1 ? `${turns}s` : 's' };
}
