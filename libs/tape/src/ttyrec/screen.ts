import type { Observation } from '@arena/engine';

/** What a terminal shows. */
export interface Screen {
  readonly rows: number;
  readonly columns: number;
  /** Row by row, one byte a cell. */
  readonly chars: ArrayLike<number>;
  /** 0-15 as the engine counts them (8 more for bold), 16 more for reverse video. */
  readonly colors: ArrayLike<number>;
  readonly cursorRow: number;
  readonly cursorColumn: number;
}

export const TERMINAL = { rows: 24, columns: 80 } as const;

type TerminalFields = Pick<Observation, 'tty_chars' | 'tty_colors' | 'tty_cursor'>;

/** The terminal of an observation; its cells are views that change with the game. */
export function screenOf({ tty_chars, tty_colors, tty_cursor }: TerminalFields): Screen {
  const [cursorRow = 0, cursorColumn = 0] = tty_cursor;
  return { ...TERMINAL, chars: tty_chars, colors: tty_colors, cursorRow, cursorColumn };
}
