import { expect, it } from '@jest/globals';
import { Painter } from './painter.ts';

it('writes bright white in full, since bold alone is a dark colour to readers of recordings', () => {
  const [plain, bright, red, reverse] = [7, 15, 9, 23].map((color) =>
    new Painter().paint({
      ...{ rows: 1, columns: 1, chars: [64], colors: [color], cursorRow: 0, cursorColumn: 0 },
    }),
  );
  expect(plain).not.toMatch(/\x1b\[0;/);
  expect(bright).toContain('\x1b[0;1;37m@');
  expect(red).toContain('\x1b[0;1;31m@');
  expect(reverse).toContain('\x1b[0;7m@');
});
