import type { Frame } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';
import { cellAt, changedCells, cursorIndex, frameLines } from './cells.ts';

function frame(over: Partial<Frame> = {}): Frame {
  return {
    step: 0,
    score: 0,
    turns: 1,
    depth: 1,
    cursorRow: 0,
    cursorColumn: 0,
    chars: new Uint8Array(1920).fill(32),
    colors: new Int8Array(1920),
    ...over,
  };
}

describe('cells', () => {
  it('splits colour and reverse video', () => {
    const one = frame();
    one.chars[5] = 64;
    one.colors[5] = 16 + 11;
    expect(cellAt(one, 5)).toEqual({ text: '@', color: 11, reverse: true });
    one.colors[5] = 9;
    expect(cellAt(one, 5)).toEqual({ text: '@', color: 9, reverse: false });
  });

  it.each([0, 7, 27, 127, 200, 255])('shows nothing for character %i', (code) => {
    const one = frame();
    one.chars[0] = code;
    expect(cellAt(one, 0).text).toBe(' ');
  });

  it('reads lines', () => {
    const one = frame();
    one.chars.set([72, 101, 108, 108, 111], 80);
    expect(frameLines(one)).toHaveLength(24);
    expect(frameLines(one)[1]).toBe('Hello');
  });
});

describe('changedCells', () => {
  it('draws all at first and then what differs, with both cursors', () => {
    const before = frame();
    const after = frame({ cursorColumn: 3 });
    after.chars[100] = 64;
    after.colors[101] = 2;
    expect(changedCells(null, after)).toHaveLength(1920);
    expect(changedCells(before, after)).toEqual([0, 3, 100, 101]);
  });

  it('survives a cursor outside', () => {
    expect(cursorIndex(frame({ cursorRow: 24 }))).toBe(-1);
    expect(changedCells(frame(), frame({ cursorColumn: 80 }))).toEqual([0]);
  });
});
