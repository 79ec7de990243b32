import { plural } from '@arena/contracts';
import { ACTIONS, type Engine } from '@arena/engine';
import type { GameResult } from '@arena/evaluation';
import { printable } from '@arena/report';
import { startOf, type Tape } from '@arena/tape';

/** Games mostly get stuck in the same way, and each is played again to look at its end. */
const MOST_SHOWN = 3;
const MOST_KEYS_NAMED = 3;
const LINES_SHOWN = 2;

/** What the game waited for when it was ended for lack of progress. */
type Waits = 'more' | 'question' | 'text' | 'nothing';

/** Why a game ended for lack of progress. */
export interface Stuck {
  readonly id: string;
  /** Keys in a row without game time, up to its end. */
  readonly keys: number;
  readonly waits: Waits;
  /** The last screen's lines that have text, without the map: the message, mostly. */
  readonly screen: readonly string[];
  /** What the agent pressed meanwhile, the most frequent first. */
  readonly pressed: readonly { readonly action: string; readonly times: number }[];
  /** What to press instead. */
  readonly remedy: string;
}

const REMEDIES: Record<Waits, string> = {
  more: `press MORE, index("MORE") in Python and key('MORE') in node, where the third number of misc is set`,
  question: `answer, or leave by ESC, index("ESC") in Python and key('ESC') in node, where the first number of misc is set`,
  text: 'end the line by MORE, or leave it by ESC, where the second number of misc is set',
  nothing:
    'the keys were free actions, or led nowhere, such as into a wall: try another one where blstats[20], the turn, stays the same',
};

const SAYS: Record<Waits, string> = {
  more: 'at --More--',
  question: 'in a question',
  text: 'in a line of text to type',
  nothing: 'while it waited for a command',
};

const [QUESTION, TEXT, MORE] = [0, 1, 2];
const COLUMNS = 80;
const ROWS = 24;

/** Looks at the ends of games that were ended for lack of progress, by playing their tapes again: three at most. */
export function stuckGames(
  engine: Engine,
  results: readonly Pick<GameResult, 'id' | 'endReason' | 'tape'>[],
  noProgressSteps: number,
): Stuck[] {
  return results
    .filter(({ endReason, tape }) => endReason === 'no_progress' && tape !== null)
    .slice(0, MOST_SHOWN)
    .flatMap(({ id, tape }) => (tape === null ? [] : [look(engine, id, tape, noProgressSteps)]));
}

function look(engine: Engine, id: string, tape: Tape, noProgressSteps: number): Stuck {
  const game = engine.newGame({ ...startOf(tape.settings), fields: ['misc', 'tty_chars'] });
  try {
    for (const key of tape.keys) game.step(key);
    const { misc, tty_chars: screen } = game.observation;
    const waits = misc[MORE] ? 'more' : misc[QUESTION] ? 'question' : misc[TEXT] ? 'text' : 'nothing';
    return {
      ...{ id, keys: noProgressSteps, waits, remedy: REMEDIES[waits] },
      screen: wordsOf(screen, waits),
      pressed: frequencies(tape.keys.subarray(-noProgressSteps)),
    };
  } finally {
    game.dispose();
  }
}

/** The message's line, and with --More-- the line that ends with it. */
function wordsOf(screen: Uint8Array, waits: Waits): string[] {
  const lines = Array.from({ length: ROWS }, (_, row) =>
    String.fromCharCode(...screen.subarray(row * COLUMNS, (row + 1) * COLUMNS)).trim(),
  );
  const waiting = lines.filter((line) => /--More--|\(end\)|\(\d+ of \d+\)/.test(line));
  const first = lines.slice(0, LINES_SHOWN).filter((line) => line !== '' && !waiting.includes(line));
  return [...(waits === 'nothing' ? first.slice(0, 1) : first), ...waiting].slice(0, LINES_SHOWN);
}

function frequencies(keys: Uint8Array): { action: string; times: number }[] {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([key, times]) => ({ action: nameOf(key), times }));
}

/** By its command, since text that shares a key is seldom meant. */
function nameOf(key: number): string {
  const action = ACTIONS.find((each) => each.key === key);
  return action === undefined ? `key ${key}` : `${action.set}.${action.name}`;
}

/** A paragraph a game. `indexOf`: the game's number as the table has it. */
export function stuckText(stuck: readonly Stuck[], numberOf: (id: string) => number): string {
  return stuck
    .map(({ id, keys, waits, screen, pressed, remedy }) => {
      const named = pressed
        .slice(0, MOST_KEYS_NAMED)
        .map(({ action, times }) => `${action} (${plural(times, 'time')})`)
        .join(', ');
      const more = pressed.length - MOST_KEYS_NAMED;
      return [
        `game ${numberOf(id)}: no game time passed for ${plural(keys, 'key')} ${SAYS[waits]}, so it was ended`,
        ...screen.map((line) => `  on the screen: ${printable(line)}`),
        `  pressed: ${named}${more > 0 ? ` and ${plural(more, 'other')}` : ''}`,
        `  → ${remedy}`,
      ].join('\n');
    })
    .join('\n\n');
}
