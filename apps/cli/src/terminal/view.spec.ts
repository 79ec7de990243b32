import type { Screen } from '@arena/tape';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fit, textOf } from './view.ts';

/** A screen of these lines, each cell's colour its column's number. */
function screen(lines: readonly string[], cursorRow = 0, cursorColumn = 0): Screen {
  const columns = Math.max(...lines.map(({ length }) => length));
  const chars = lines.flatMap((line) => Array.from(line.padEnd(columns), (letter) => letter.charCodeAt(0)));
  return {
    rows: lines.length,
    columns,
    chars,
    colors: chars.map((_, i) => i % columns),
    cursorRow,
    cursorColumn,
  };
}

const MAP = ['message', '', 'map 1', 'map 2', 'status 1', 'status 2'];

describe('fit', () => {
  it('leaves a screen alone that fits', () => {
    const whole = screen(MAP);
    expect(fit(whole, 6, 8)).toBe(whole);
    expect(fit(whole, 60, 80)).toBe(whole);
  });

  it('leaves out the row that NetHack never uses first', () => {
    expect(textOf(fit(screen(MAP), 5, 8)).split('\n')).toEqual(MAP.filter((line) => line !== ''));
  });

  it('keeps that row where something is written in it', () => {
    const menu = ['menu', 'a - one', 'b - two', '(end)'];
    expect(textOf(fit(screen(menu), 3, 80)).split('\n')).toEqual(menu.slice(0, 3));
  });

  it('follows the cursor, down and to the right', () => {
    const small = fit(screen(MAP, 4, 7), 2, 4);
    expect(textOf(small).split('\n')).toEqual(['2', 'us 1']);
    expect([small.rows, small.columns, small.cursorRow, small.cursorColumn]).toEqual([2, 4, 1, 3]);
    expect([...Array.from(small.colors)].slice(0, 4)).toEqual([4, 5, 6, 7]);
  });

  it('always has the cursor in it, on the same letter', () => {
    fc.assert(
      fc.property(
        fc.nat(23),
        fc.nat(79),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 90 }),
        (row, column, rows, columns) => {
          const chars = Array.from({ length: 1920 }, (_, i) => (i === row * 80 + column ? 64 : 32));
          const view = fit(
            { rows: 24, columns: 80, chars, colors: chars, cursorRow: row, cursorColumn: column },
            rows,
            columns,
          );
          expect(view.rows).toBeLessThanOrEqual(rows);
          expect(view.columns).toBeLessThanOrEqual(columns);
          expect(view.chars[view.cursorRow * view.columns + view.cursorColumn]).toBe(64);
        },
      ),
    );
  });
});
