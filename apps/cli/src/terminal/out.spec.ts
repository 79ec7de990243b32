import { describe, expect, it } from '@jest/globals';
import { safe } from './out.ts';

describe('what the command line writes', () => {
  it.each([
    ['an escape', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
    ['a C1 control', '\u009b31m', '\\u009b31m'],
    ['an override of direction', 'a\u202eb', 'a\\u202eb'],
    ['a carriage return', 'a\rb', 'a\\u000db'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['a tag', 'a\u{e0041}', 'a\\udb40\\udc41'],
    ['an emoji', '👩‍👩‍👧 ok\n\tä', '👩‍👩‍👧 ok\n\tä'],
  ])('shows %s', (_what, text, shown) => {
    expect(safe(text)).toBe(shown);
  });

  it('is the same JSON to programs', () => {
    const value = { name: 'a\u202e\u009b\u200d\u{e0041}\n👩‍👩‍👧', list: ['\u001b'] };
    expect(JSON.parse(safe(JSON.stringify(value, null, 2)))).toEqual(value);
  });
});
