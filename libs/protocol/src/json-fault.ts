import { parse } from '@humanwhocodes/momoa';
import { MOST_JSON_DEPTH, bracketDepth } from './json-value.ts';

/** Characters of the line shown on either side of the fault. */
const SHOWN = 30;

/**
 * Where a text stops being JSON and what is wrong there, in one line: `Unexpected token '}' at line 3, column 1: «…»`, where
 * ▸ marks the place in the excerpt.
 * @param error what `JSON.parse` threw for this text.
 */
export function jsonFault(text: string, error: SyntaxError): string {
  // The engine's words, without the place and without its excerpt of ten characters.
  const words = error.message.replace(/(?: in JSON)? at position .*$/s, '').replace(/, (?:\.\.\.)?".*$/s, '');
  const at = placeOf(text, error);
  const before = text.slice(0, at);
  const start = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  const line = before.split(/\r\n|[\r\n]/).length;
  const rest = /^[^\r\n]*/.exec(text.slice(at))?.[0] ?? '';
  const [left, right] = [text.slice(start, at).trimStart(), rest.trimEnd()];
  const shown =
    (left.length > SHOWN ? `…${left.slice(-SHOWN)}` : left) +
    '▸' +
    (right.length > SHOWN ? `${right.slice(0, SHOWN)}…` : right);
  return `${words} at line ${line}, column ${at - start + 1}: «${shown}»`;
}

/** V8 tells the place of most faults; of the others a parser that tells it of all. */
function placeOf(text: string, error: SyntaxError): number {
  const told = /at position (\d+)/.exec(error.message)?.[1];
  if (told !== undefined) return Number(told);
  // It calls itself for each bracket.
  if (bracketDepth(text) > MOST_JSON_DEPTH) return text.length;
  try {
    parse(text, { mode: 'json' });
  } catch (found) {
    const { offset } = found as { offset?: unknown };
    if (typeof offset === 'number') return offset;
  }
  return text.length;
}
