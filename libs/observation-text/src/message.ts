import type { Observation } from '@arena/engine';
import { textOf } from './characters.ts';

const COLUMNS = 80;
const ROWS = 24;
/** What stands before the cursor while a menu or a page of text is shown. */
const MENU_END = /\((?:end|\d+ of \d+)\)$/;
const MORE = '--More--';
/** Of a message that wraps, the first row of the terminal has at least so much, where it has as many. */
const COMPARED = 40;

export type MessageSources = Pick<Observation, 'message' | 'misc' | 'tty_chars' | 'tty_cursor'>;

/**
 * What the game says and waits for: the message; a question, a line to be typed, or `--More--` where one is due; the page where a
 * menu or a longer text lies over the map. Empty when nothing is said.
 */
export function messageText(observation: MessageSources): string {
  const { message, misc, tty_chars: chars } = observation;
  const said = textOf(message).trim();
  const isMore = misc[2] !== 0;
  if (misc[0] !== 0 && !isMore) return `Question: ${said}`;
  const [row = 0, column = 0] = observation.tty_cursor;
  if (misc[1] !== 0 && !isMore) return `Type a line: ${linesUpTo(chars, row)}`;
  const before = rowOf(chars, row).slice(0, column).trimEnd();
  const menu = MENU_END.exec(before);
  if (menu !== null) return `Menu:\n${page(chars, row, menu.index)}`;
  if (!isMore) return said;
  const isMessage = said !== '' && rowOf(chars, 0).startsWith(said.slice(0, COMPARED).trimEnd());
  if (isMessage || !before.endsWith(MORE)) return said === '' ? MORE : `${said} ${MORE}`;
  return `Text:\n${page(chars, row, before.length - MORE.length)}`;
}

function rowOf(chars: Uint8Array, row: number): string {
  return textOf(chars.subarray(row * COLUMNS, (row + 1) * COLUMNS));
}

function rowsUpTo(chars: Uint8Array, last: number): string[] {
  return Array.from({ length: Math.min(last + 1, ROWS) }, (_, row) => rowOf(chars, row));
}

/** A prompt and what is typed so far; both may take more than a row. */
function linesUpTo(chars: Uint8Array, last: number): string {
  return rowsUpTo(chars, last)
    .map((row) => row.trimEnd())
    .join('')
    .trim();
}

/**
 * The rows down to the marker, from the column where it begins: left of it the map may still be seen. Rows that are empty stand
 * together as one, and not at all before the first.
 */
function page(chars: Uint8Array, last: number, column: number): string {
  return rowsUpTo(chars, last)
    .map((row) => row.slice(column === 0 ? 0 : column - 1).trimEnd())
    .map((row) => (column > 0 && row.startsWith(' ') ? row.slice(1) : row))
    .filter((row, i, all) => row !== '' || (all[i - 1] ?? '') !== '')
    .join('\n');
}
