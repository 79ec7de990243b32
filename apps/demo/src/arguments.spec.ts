import { describe, expect, it } from '@jest/globals';
import { UsageError, readArguments } from './arguments.ts';

describe('arguments', () => {
  it('serves 64 games an agent when nothing is said', () => {
    expect(readArguments(['start'])).toEqual({ mode: 'start', games: 64, json: false });
  });

  it('reads one run with its result as JSON', () => {
    expect(readArguments(['start', '--once', '--games', '8', '--json'])).toEqual({
      mode: 'once',
      games: 8,
      json: true,
    });
  });

  it.each([
    ['no command', []],
    ['an unknown option', ['start', '--fast']],
    ['no games', ['start', '--games', '0']],
    ['half a game', ['start', '--games', '1.5']],
    ['words for games', ['start', '--games', 'many']],
    ['too many games', ['start', '--games', '4097']],
    ['JSON without an end', ['start', '--json']],
    ['a stray word', ['start', 'now']],
  ])('refuses %s', (_name, argv) => {
    expect(() => readArguments(argv)).toThrow(UsageError);
  });
});
