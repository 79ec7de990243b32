/** The text of zero-padded bytes. */
export function textOf(bytes: Uint8Array, from = 0, length = bytes.length): string {
  let text = '';
  for (let i = from; i < from + length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === 0) break;
    text += String.fromCharCode(byte);
  }
  return text;
}

const COLUMNS = 80;

/** A row of the terminal, without trailing spaces. */
export function rowOf(screen: Uint8Array, row: number): string {
  return textOf(screen, row * COLUMNS, COLUMNS).trimEnd();
}

export interface MenuEntry {
  /** What to press for it. */
  readonly letter: string;
  readonly text: string;
  readonly selected: boolean;
}

/** The menu page on the terminal, if one is open: its foot says `(end)` or `(1 of 2)` where the cursor waits. */
export function menuOf(screen: Uint8Array, cursor: Uint8Array): MenuEntry[] | null {
  const row = cursor[0] ?? 0;
  const foot = rowOf(screen, row);
  const match = /\((?:end|\d+ of \d+)\)$/.exec(foot);
  if (!match) return null;
  const entries: MenuEntry[] = [];
  for (let line = 0; line < row; line++) {
    // Menus are drawn at the right of the map, from the column where their foot begins.
    const text = rowOf(screen, line).slice(Math.max(0, match.index - 1));
    const entry = /^\s?([a-zA-Z$]) ([-+#]) (.+)$/.exec(text);
    if (entry) entries.push({ letter: entry[1] ?? '', text: entry[3] ?? '', selected: entry[2] !== '-' });
  }
  return entries;
}
