import { describe, expect, it } from '@jest/globals';
import { keyName, shortcut } from './keys.ts';

describe('keyName', () => {
  it.each([
    [107, 'k'],
    [32, 'Space'],
    [27, 'Esc'],
    [13, 'Enter'],
    [4, '^D'],
    [240, 'M-p'],
    [155, 'M-Esc'],
    [60, '<'],
  ])('writes %i as %s', (code, name) => {
    expect(keyName(code)).toBe(name);
  });

  it('gives every byte a name of its own', () => {
    expect(new Set(Array.from({ length: 256 }, (_, code) => keyName(code))).size).toBe(256);
  });
});

describe('shortcut', () => {
  it('moves further with shift', () => {
    expect(shortcut('ArrowRight', false)).toEqual({ type: 'move', steps: 1 });
    expect(shortcut('ArrowLeft', true)).toEqual({ type: 'move', steps: -100 });
  });

  it('leaves other keys to the browser', () => {
    expect(shortcut('Tab', false)).toBeNull();
    expect(shortcut('r', false)).toBeNull();
  });
});
