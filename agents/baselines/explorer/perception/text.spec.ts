import { describe, expect, it } from '@jest/globals';
import { seen } from '../../support/situation.ts';
import { menuOf } from './text.ts';

const map = ['@'];

describe('a menu on the terminal', () => {
  it('is read from the column of its foot', () => {
    const screen = [
      '|....   Pick up what?',
      '|....',
      '|....   Weapons',
      '|....   a - a dagger',
      '|....   b + 3 darts',
      '|....   (end)',
    ];
    const { tty_chars, tty_cursor } = seen({ map, screen, cursor: [5, 14] });
    expect(menuOf(tty_chars, tty_cursor)).toEqual([
      { letter: 'a', text: 'a dagger', selected: false },
      { letter: 'b', text: '3 darts', selected: true },
    ]);
  });

  it('is none while a plain --More-- waits', () => {
    const { tty_chars, tty_cursor } = seen({
      map,
      screen: ['You hear a door open.--More--'],
      cursor: [0, 29],
    });
    expect(menuOf(tty_chars, tty_cursor)).toBeNull();
  });
});
