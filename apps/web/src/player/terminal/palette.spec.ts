import { describe, expect, it } from '@jest/globals';
import { DARK, LIGHT, contrast } from './palette.ts';

describe('palettes', () => {
  it.each([
    ['dark', DARK],
    ['light', LIGHT],
  ])('%s: every colour can be read on its background', (_name, palette) => {
    expect(palette.colors).toHaveLength(16);
    expect(contrast(palette.cursor, palette.cursorText)).toBeGreaterThan(7);
    palette.colors.forEach((color, i) => {
      // Black stands for empty cells only: NetHack's own text never has it.
      expect({ i, contrast: contrast(color, palette.background) >= (i === 0 ? 2.5 : 4.5) }).toEqual({
        i,
        contrast: true,
      });
    });
  });

  it('knows the ends of the scale', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#777777')).toBe(1);
  });
});
