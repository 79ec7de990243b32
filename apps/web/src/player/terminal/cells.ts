import { COLUMNS, ROWS, type Frame } from '@arena/contracts';

/** How one cell looks. */
export interface Cell {
  /** One printable character; a space for whatever is not printable. */
  text: string;
  /** 0–15. */
  color: number;
  reverse: boolean;
}

/** The cell at an index 0 … 1,919. Colours out of range, which only a broken frame has, become the default. */
export function cellAt(frame: Frame, index: number): Cell {
  const code = frame.chars[index] ?? 32;
  const color = frame.colors[index] ?? 7;
  return {
    text: code > 32 && code < 127 ? String.fromCharCode(code) : ' ',
    color: color >= 0 ? color & 15 : 7,
    reverse: color >= 16,
  };
}

/** The frame as 24 lines of text without trailing spaces. */
export function frameLines(frame: Frame): string[] {
  return Array.from({ length: ROWS }, (_, row) => {
    let line = '';
    for (let column = 0; column < COLUMNS; column++) line += cellAt(frame, row * COLUMNS + column).text;
    return line.trimEnd();
  });
}

/** Indices of the cells in which two frames differ, cursors included; all cells if there is no `before`. */
export function changedCells(before: Frame | null, after: Frame): number[] {
  const all = Array.from({ length: ROWS * COLUMNS }, (_, i) => i);
  if (before === null) return all;
  const cursors = new Set([cursorIndex(before), cursorIndex(after)]);
  return all.filter(
    (i) => before.chars[i] !== after.chars[i] || before.colors[i] !== after.colors[i] || cursors.has(i),
  );
}

/** Where the cursor is; -1 if it is outside. */
export function cursorIndex(frame: Frame): number {
  const inside = frame.cursorRow < ROWS && frame.cursorColumn < COLUMNS;
  return inside ? frame.cursorRow * COLUMNS + frame.cursorColumn : -1;
}
