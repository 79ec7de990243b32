import { describe, expect, it } from '@jest/globals';
import { COLUMNS, FRAME_BYTES, ROWS, decodeFrame, encodeFrame, type Frame } from './frame.ts';

const frame: Frame = {
  step: 70_000,
  score: 2 ** 31 - 1,
  turns: 12,
  depth: 3,
  cursorRow: 23,
  cursorColumn: 79,
  chars: Uint8Array.from({ length: ROWS * COLUMNS }, (_, i) => 32 + (i % 90)),
  colors: Int8Array.from({ length: ROWS * COLUMNS }, (_, i) => i % 32),
};

describe('frame', () => {
  it('comes back as it was packed', () => {
    expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
  });

  it('fits a NOTIFY with its game id', () => {
    expect(Buffer.from(encodeFrame(frame)).toString('base64').length + 40).toBeLessThan(8000);
  });

  it.each([0, 1, FRAME_BYTES - 1, FRAME_BYTES + 1])('refuses %i bytes', (length) => {
    expect(() => decodeFrame(new Uint8Array(length))).toThrow(RangeError);
  });

  it('refuses another version', () => {
    const bytes = encodeFrame(frame);
    bytes[0] = 9;
    expect(() => decodeFrame(bytes)).toThrow(/version 9/);
  });
});
