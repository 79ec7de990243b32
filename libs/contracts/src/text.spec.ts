import { describe, expect, it } from '@jest/globals';
import { isPlain, isStorable, meant, neutralise, oneLine } from './text.ts';

/** A family, a skin tone, a rainbow flag, a country, England, a keycap, a heart in colour. */
const EMOJI = ['👩‍👩‍👧', '👍🏽', '🏳️‍🌈', '🇪🇺', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', '❤️', '🧙🏿‍♀️'];

const HIDDEN: [string, string][] = [
  ['an escape', 'a\u001b[2Jb'],
  ['a C1 control', 'a\u009b2Jb'],
  ['an OSC', 'a\u009d0;x\u009cb'],
  ['a NUL', 'a\0b'],
  ['a line feed', 'a\nb'],
  ['a carriage return', 'a\r\nb'],
  ['an override of direction', 'a\u202eb'],
  ['an isolate of direction', 'a\u2066b'],
  ['a mark of direction', 'a\u200fb'],
  ['a zero-width space', 'a\u200bb'],
  ['a soft hyphen', 'a\u00adb'],
  ['a byte order mark', 'a\ufeffb'],
  ['a line separator', 'a\u2028b'],
  ['a paragraph separator', 'a\u2029b'],
  ['half a character', 'a\ud800b'],
  ['a private letter', 'a\ue000b'],
  ['a joiner between letters', 'a\u200db'],
  ['a joiner behind an emoji', '👩\u200d'],
  ['a joiner between emoji that do not join', '🐉\u200d🐉'],
  ['tags behind a letter', 'a\u{e0067}\u{e007f}'],
];

describe("strangers' text", () => {
  it.each(EMOJI)('may have the emoji %s', (emoji) => {
    const name = `Team ${emoji}${emoji} Ω`;
    expect([isPlain(name), oneLine(name), neutralise(name), isStorable(name)]).toEqual([
      true,
      name,
      name,
      true,
    ]);
  });

  it.each(HIDDEN)('may not have %s, and is shown without it', (_what, text) => {
    expect(isPlain(text)).toBe(false);
    expect(isPlain(oneLine(text))).toBe(true);
    // Logs keep their lines.
    expect(isPlain(neutralise(text).replaceAll('\n', ''))).toBe(true);
  });

  it.each([
    ['a NUL', false, 'a\0'],
    ['a high half', false, '\ud83d'],
    ['a low half', false, 'a\udc00b'],
    ['a whole pair', true, '\ud83d\udc09'],
    ['an escape', true, '\u001b'],
  ])('with %s can be stored: %j', (_what, expected, text) => {
    expect(isStorable(text)).toBe(expected);
  });

  it.each([
    ['autors', 'authors'],
    ['athours', 'authors'],
    ['Name', 'name'],
    ['game_at_once', 'gamesAtOnce'],
    ['gpu', null],
    ['x'.repeat(80), null],
    ['', null],
  ])('in place of a known word: %s is taken for %s', (word, expected) => {
    expect(meant(word, ['name', 'authors', 'gamesAtOnce'])).toBe(expected);
  });
});
