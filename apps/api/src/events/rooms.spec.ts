import { describe, expect, it } from '@jest/globals';
import { readRoom, roomName } from './rooms.ts';

const id = '00000000-0000-4000-8000-00000000000a';

describe('readRoom', () => {
  it.each([`board:demo`, `submission:${id}`, `game:${id}`])('reads %s', (name) => {
    const room = readRoom(name);
    expect(room && roomName(room)).toBe(name);
  });

  it('does not care about the case of an id', () => {
    expect(readRoom(`game:${id.toUpperCase()}`)).toEqual({ kind: 'game', id });
  });

  it.each<unknown>([
    undefined,
    null,
    7,
    {},
    ['board:demo'],
    { toString: 'board:demo' },
    '',
    'board',
    'board:',
    'board:Demo',
    'board:a:b',
    'board:../x',
    'board:__proto__',
    'game:1',
    `game:${id} `,
    `admin:${id}`,
    `board:${'a'.repeat(5000)}`,
    'board:a\0b',
    'board:a\nb',
  ])('refuses %j', (name) => {
    expect(readRoom(name)).toBeNull();
  });
});
