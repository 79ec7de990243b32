import { describe, expect, it } from '@jest/globals';
import type { Tape } from '@arena/tape';
import { keysBefore, parseHandover } from './from.ts';

const tape = (keys: number, kind: 'open' | 'ended'): Pick<Tape, 'keys' | 'end'> => ({
  keys: new Uint8Array(keys),
  end: kind === 'open' ? { kind } : { kind, how: 0, xlogfile: null },
});

describe('TAPE@STEP', () => {
  it.each([
    ['game.tape@12', { path: 'game.tape', step: 12 }],
    ['a@b/game.tape@-5', { path: 'a@b/game.tape', step: -5 }],
    ['x@-0', { path: 'x', step: 0 }],
  ])('%s is read', (text, handover) => {
    expect(parseHandover(text)).toEqual(handover);
  });

  it.each(['game.tape', '@5', 'game.tape@', 'game.tape@1.5', 'game.tape@x', ''])('%j is refused', (text) => {
    expect(() => parseHandover(text)).toThrow(/TAPE@STEP is wanted/);
  });

  it.each([
    [0, 'ended', 0],
    [9, 'ended', 9],
    [-1, 'ended', 9],
    [10, 'open', 10],
    [-10, 'open', 0],
  ] as const)('%i of ten keys of a game that is %s: after %i', (step, kind, keys) => {
    expect(keysBefore({ path: 'x', step }, tape(10, kind))).toBe(keys);
  });

  it.each([
    [10, 'ended', /whose last one ended the game: the agent can take over after 0 to 9 of them, not 10/],
    [11, 'open', /after 0 to 10 of them, not 11/],
    [-11, 'open', /not -11/],
  ] as const)('%i of ten keys of a game that is %s: none', (step, kind, message) => {
    expect(() => keysBefore({ path: 'x', step }, tape(10, kind))).toThrow(message);
  });
});
