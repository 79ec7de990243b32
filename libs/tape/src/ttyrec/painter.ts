import type { Screen } from './screen.ts';

const SPACE = 32;
const DEFAULT_COLOR = 7;
/** Unchanged cells between two changed ones that are written again, since moving the cursor takes as many letters. */
const WORTH_WRITING = 6;

/** How a cell looks, as a number: equal numbers look the same. */
function look(char: number, color: number): number {
  const code = char < SPACE || char === 127 ? SPACE : char;
  // under a space the default colour is 0, since nobody sees it
  const seen = code === SPACE && color === 0 ? DEFAULT_COLOR : color & 31;
  return code | (seen << 8);
}

/** Select Graphic Rendition for a colour. */
function rendition(color: number): string {
  const codes = ['0'];
  if ((color & 8) !== 0) codes.push('1');
  if ((color & 16) !== 0) codes.push('7');
  const base = color & 7;
  // bold in the default colour is a dark one to NLE's own reader; bright white is said in full, as NetHack says it
  if (base !== DEFAULT_COLOR || (color & 8) !== 0) codes.push(String(30 + base));
  return `\x1b[${codes.join(';')}m`;
}

const moveTo = (row: number, column: number): string => `\x1b[${row + 1};${column + 1}H`;

/**
 * Turns screens into what an ANSI terminal must be sent to show them: all of the first, of later ones what changed.
 * Letters are one byte each (Latin-1).
 */
export class Painter {
  #shown: Int32Array | null = null;
  #columns = 0;
  #color = DEFAULT_COLOR;

  /** The next screen is painted anew, e.g. after the terminal was resized. */
  forget(): void {
    this.#shown = null;
  }

  /** Ends with the cursor where the screen has it. */
  paint(screen: Screen): string {
    const { rows, columns, chars, colors, cursorRow, cursorColumn } = screen;
    const cells = rows * columns;
    let out = '';
    if (this.#shown?.length !== cells || this.#columns !== columns) {
      out += '\x1b[0m\x1b[2J';
      this.#shown = new Int32Array(cells).fill(look(SPACE, DEFAULT_COLOR));
      this.#columns = columns;
      this.#color = DEFAULT_COLOR;
    }
    const shown = this.#shown;
    let end = -1;
    for (let at = 0; at < cells; at++) {
      const cell = look(chars[at] ?? SPACE, colors[at] ?? 0);
      if (cell === shown[at]) continue;
      const row = Math.floor(at / columns);
      // at a row's first cell always: where the cursor is after a row's last differs between terminals
      const sameRow = end > row * columns;
      if (sameRow && at > end && at - end <= WORTH_WRITING) {
        for (let between = end; between < at; between++) out += this.#write(shown[between] ?? 0);
      } else if (at !== end || !sameRow) out += moveTo(row, at % columns);
      out += this.#write(cell);
      shown[at] = cell;
      end = at + 1;
    }
    // each picture ends as it began, so that others may write between two
    if (this.#color !== DEFAULT_COLOR) out += rendition(DEFAULT_COLOR);
    this.#color = DEFAULT_COLOR;
    return out + moveTo(Math.min(cursorRow, rows - 1), Math.min(cursorColumn, columns - 1));
  }

  #write(cell: number): string {
    const color = cell >> 8;
    const change = color === this.#color ? '' : rendition(color);
    this.#color = color;
    return change + String.fromCharCode(cell & 255);
  }
}
