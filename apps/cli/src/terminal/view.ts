import type { Screen } from '@arena/tape';

const isBlank = ({ chars, columns }: Screen, row: number): boolean => {
  for (let at = row * columns; at < (row + 1) * columns; at++) if ((chars[at] ?? 32) > 32) return false;
  return true;
};

/** The rows to show where not all fit. NetHack never draws a map in the second one, so that goes first. */
function shownRows(screen: Screen, rows: number): number[] {
  const all = Array.from({ length: screen.rows }, (_, row) => row);
  if (rows >= all.length) return all;
  const kept = isBlank(screen, 1) && screen.cursorRow !== 1 ? all.filter((row) => row !== 1) : all;
  const cursor = kept.indexOf(screen.cursorRow);
  const first = Math.max(0, cursor - rows + 1);
  return kept.slice(first, first + rows);
}

/** The part of a screen that fits, with the cursor in it. */
export function fit(screen: Screen, rows: number, columns: number): Screen {
  if (rows >= screen.rows && columns >= screen.columns) return screen;
  const shown = shownRows(screen, Math.max(1, rows));
  const width = Math.max(1, Math.min(columns, screen.columns));
  const left =
    screen.cursorColumn < width
      ? 0
      : Math.min(screen.columns - width, screen.cursorColumn - Math.floor(width / 2));
  const take = (cells: ArrayLike<number>): number[] =>
    shown.flatMap((row) =>
      Array.from({ length: width }, (_, column) => cells[row * screen.columns + left + column] ?? 0),
    );
  return {
    rows: shown.length,
    columns: width,
    chars: take(screen.chars),
    colors: take(screen.colors),
    cursorRow: shown.indexOf(screen.cursorRow),
    cursorColumn: screen.cursorColumn - left,
  };
}

/** The screen as lines of text without trailing spaces. */
export function textOf({ rows, columns, chars }: Screen): string {
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_cell, column) => {
      const code = chars[row * columns + column] ?? 32;
      return code > 32 && code < 127 ? String.fromCharCode(code) : ' ';
    })
      .join('')
      .trimEnd(),
  );
  return lines.join('\n');
}
