/**
 * What strangers write: names, reasons, logs. What may be stored, and how it is shown where it could do harm. All of the
 * platform asks here, so that a name is accepted by the command line, the API and the pages, or by none.
 */

/** Controls, marks that turn text around, invisible letters, halves of characters, ends of lines that are none. */
const HIDDEN = String.raw`\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}`;

/**
 * Emoji are kept whole: families, flags and skin tones are held together by letters that are refused elsewhere. Made at the
 * first use, since the list of all emoji takes a millisecond and agents start without it.
 */
let patterns: { hidden: RegExp; unassigned: RegExp } | null = null;
function patternsOf(): { hidden: RegExp; unassigned: RegExp } {
  patterns ??= {
    hidden: new RegExp(String.raw`(\p{RGI_Emoji})|[${HIDDEN}]`, 'gv'),
    unassigned: new RegExp(String.raw`(\p{RGI_Emoji})|[${HIDDEN}\p{Cn}]`, 'gv'),
  };
  return patterns;
}

/** In the published schemas, where there is no list of emoji: what joins them is let through. */
export const PLAIN_PATTERN = new RegExp(String.raw`^(?:[^${HIDDEN}]|[\u200d\u{E0020}-\u{E007F}])*$`, 'u');

/** Whether text is one line without anything hidden in it; joiners count as hidden outside an emoji. */
export function isPlain(text: string): boolean {
  if (!PLAIN_PATTERN.test(text)) return false;
  return withHidden(text, () => '') === text;
}

/** Text with each hidden character replaced. */
export function withHidden(text: string, replace: (character: string) => string): string {
  return text.replace(patternsOf().hidden, (character, emoji: string | undefined) =>
    emoji === undefined ? replace(character) : emoji,
  );
}

/** One line as a terminal may show it: `?` for whatever moves a cursor, turns text around or has no agreed look. */
export function oneLine(text: string): string {
  return text.replace(patternsOf().unassigned, (character, emoji: string | undefined) => {
    if (emoji !== undefined) return emoji;
    return character === '\u200c' || character === '\u200d' ? '' : '?';
  });
}

/**
 * Lines that cannot move a cursor, change colours, turn text around or forge a line in a log: everything hidden but line feed
 * and tab becomes its control picture or U+FFFD.
 */
export function neutralise(text: string): string {
  return withHidden(text.replace(/\r\n/g, '\n'), (character) => {
    if (character === '\n' || character === '\t') return character;
    const code = character.codePointAt(0) ?? 0;
    if (code < 32) return String.fromCodePoint(0x2400 + code);
    return code === 127 ? '\u2421' : '\u{FFFD}';
  });
}

/** Whether PostgreSQL can store it, as text and within JSON: no NUL, no half of a pair. */
export function isStorable(text: string): boolean {
  return !/[\p{Cs}\0]/u.test(text);
}

/** The word of `known` that somebody may have meant: at most a third of its letters are wrong, missing or changed places. */
export function meant(word: string, known: readonly string[]): string | null {
  // Longer words are no slips, and comparing costs their product.
  if (word.length > 64) return null;
  const [best] = known
    .map((each) => ({ each, slips: slips(word.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, slips: count }) => count <= Math.max(1, Math.floor(each.length / 3)))
    .sort((a, b) => a.slips - b.slips);
  return best?.each ?? null;
}

/** Letters to put in, take out, exchange, or swap with the next (Damerau and Levenshtein). */
function slips(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
