import { describe, expect, it } from '@jest/globals';
import { gameKey, keyName, readKeys } from './keys.ts';

const typed = (text: string): number[] => readKeys(Buffer.from(text, 'latin1')).map(gameKey);
const bytes = (text: string): number[] => [...Buffer.from(text, 'latin1')];

describe('readKeys', () => {
  it.each<[string, string, number[]]>([
    ['letters', 'hj\r ', bytes('hj\r ')],
    ['control letters', '\x04\x17', [4, 23]],
    ['a lone Escape', '\x1b', [27]],
    ['Escape twice', '\x1b\x1b', [27, 27]],
    ['Alt and a letter', '\x1bq\x1bO', [0x80 | 0x71, 0x80 | 0x4f]],
    ['Alt-O before other keys', '\x1bO j', [0x80 | 0x4f, ...bytes(' j')]],
    ['arrows', '\x1b[A\x1b[B\x1b[C\x1b[D', bytes('kjlh')],
    ['arrows in application mode', '\x1bOA\x1bOD', bytes('kh')],
    ['the corners', '\x1b[H\x1b[5~\x1b[F\x1b[6~\x1b[1~\x1b[4~', bytes('yubnyb')],
    ['Backspace', '\x7f', [8]],
    ['sequences nobody knows', 'a\x1b[200~b\x1b[15;5~c\x1b[<0;3;4Md', bytes('abcd')],
    ['a sequence that is cut off', '\x1b[1;', [0x80 | 0x5b, ...bytes('1;')]],
    ['letters beyond ASCII', Buffer.from('aéb€c').toString('latin1'), bytes('abc')],
    ['nothing', '', []],
  ])('reads %s', (_what, text, keys) => {
    expect(typed(text)).toEqual(keys);
  });
});

it('names keys as people write them', () => {
  expect([107, 32, 27, 13, 4, 0xf1, 0x84, 127].map(keyName)).toEqual([
    'k',
    'Space',
    'Esc',
    'Enter',
    '^D',
    'M-q',
    'M-^D',
    'Del',
  ]);
});
