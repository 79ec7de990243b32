import { describe, expect, it } from '@jest/globals';
import { storable } from './transaction.ts';

describe('storable', () => {
  it.each([
    ['a\0b', 'a\uFFFDb'],
    ['\uD83D', '\uFFFD'],
    ['héllo 🎲', 'héllo 🎲'],
  ])('makes %j %j', (text, expected) => {
    expect(storable(text, 100)).toBe(expected);
  });

  it('cuts to length at the wished end and leaves no half character', () => {
    expect(storable('abcdef', 3)).toBe('abc');
    expect(storable('abcdef', 3, 'end')).toBe('def');
    expect(storable('🎲🎲', 3)).toBe('🎲\uFFFD');
  });
});
