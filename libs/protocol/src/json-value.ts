import { isStorable } from '@arena/contracts/text';

/** Our deepest message, the map of a model in arena.json, has five levels. */
export const MOST_JSON_DEPTH = 32;

/** What is wrong with a value that was parsed, and where. */
export interface Unfit {
  readonly path: readonly (string | number)[];
  readonly problem: string;
}

/**
 * The first thing in parsed JSON that the platform could choke on: nesting beyond {@link MOST_JSON_DEPTH}, or text that no
 * database stores. Null: none. It keeps a list instead of calling itself: what looks for a stack overflow must not have one.
 */
export function unfit(value: unknown): Unfit | null {
  const waiting: { value: unknown; path: readonly (string | number)[] }[] = [{ value, path: [] }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value: each, path } = next;
    if (typeof each === 'string' && !isStorable(each)) return { path, problem: UNSTORABLE };
    if (typeof each !== 'object' || each === null) continue;
    if (path.length >= MOST_JSON_DEPTH) return { path: path.slice(0, 4), problem: TOO_DEEP };
    if (Array.isArray(each)) {
      each.forEach((inner: unknown, i) => waiting.push({ value: inner, path: [...path, i] }));
      continue;
    }
    for (const [key, inner] of Object.entries(each)) {
      if (!isStorable(key)) return { path, problem: `has a field whose name ${UNSTORABLE}` };
      waiting.push({ value: inner, path: [...path, key] });
    }
  }
  return null;
}

const UNSTORABLE = 'holds a NUL (\\u0000) or half of a surrogate pair; allowed: whole characters without NUL';
const TOO_DEEP = `is nested more than ${MOST_JSON_DEPTH} levels deep`;

/** How deep the brackets of a text go at most, whether it is JSON or not; brackets in strings do not count. */
export function bracketDepth(text: string): number {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (quoted) {
      if (letter === '\\') at += 1;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '[' || letter === '{') deepest = Math.max(deepest, ++depth);
    else if (letter === ']' || letter === '}') depth -= 1;
  }
  return deepest;
}
