import { describe, expect, it } from '@jest/globals';
import { readKeys } from '../terminal/keys.ts';
import { SPEEDS, initialReplay, pass, press, speedName, type ReplayState } from './replay-state.ts';

const type = (state: ReplayState, text: string): ReplayState =>
  readKeys(Buffer.from(text, 'latin1')).reduce(press, state);
const at = (target: number): ReplayState => initialReplay(5000, target);

describe('a replay', () => {
  it.each<[string, number, string, number]>([
    ['one on', 10, '\x1b[C', 11],
    ['one back', 10, '\x1b[D', 9],
    ['not before the start', 0, '\x1b[D', 0],
    ['a hundred on', 10, '\x1b[1;2C', 110],
    ['a thousand back', 1500, '\x1b[5~', 500],
    ['not behind the end', 4500, '\x1b[6~', 5000],
    ['to the start', 10, '\x1b[H', 0],
    ['to the end', 10, '\x1b[F', 5000],
    ['to 30 %', 10, '3', 1500],
    ['to a number', 10, 'g1234\r', 1234],
    ['to a number that was mended', 10, 'g129\x7f34\r', 1234],
    ['to a number behind the end', 10, 'g99999\r', 5000],
    ['nowhere without a number', 10, 'g\r', 10],
    ['nowhere when that is broken off', 10, 'g12\x1b', 10],
    ['nowhere by other keys', 10, 'xyz\x1bq', 10],
  ])('goes %s', (_what, from, keys, to) => {
    expect(type(at(from), keys)).toMatchObject({ target: to, typed: null, left: false });
  });

  it.each(['q', '\x1b', '\x03', 'g\x03'])('is left by %j', (key) => {
    expect(type(at(10), key).left).toBe(true);
  });

  it('plays as fast as it says, in parts of keys too', () => {
    let state = type(at(0), ' ');
    for (let i = 0; i < 30; i++) state = pass(state, 35, true);
    expect([state.target, speedName(state)]).toEqual([10, '10/s']);
    state = type(state, '+');
    for (let i = 0; i < 10; i++) state = pass(state, 100, true);
    expect([state.target, speedName(state)]).toEqual([40, '30/s']);
  });

  it('waits for the game, does not make up for a stopped terminal, and rests while paused', () => {
    const playing = type(at(0), ' ');
    expect(pass(playing, 1000, false)).toBe(playing);
    expect(pass(playing, 1e6, true).target).toBe(2);
    expect(pass(at(0), 1000, true)).toEqual(at(0));
  });

  it('stops at the end, and plays again from the start', () => {
    const ended = pass({ ...at(5000), playing: true }, 100, true);
    expect(ended.playing).toBe(false);
    expect(type(ended, ' ')).toMatchObject({ playing: true, target: 0 });
  });

  it('has a slowest and a fastest speed', () => {
    expect(speedName(type(at(0), '-'.repeat(20)))).toBe('1/s');
    const fastest = type(at(0), `${'+'.repeat(20)} `);
    expect([speedName(fastest), SPEEDS.at(-1)]).toEqual(['max', null]);
    expect(pass(fastest, 10, true).target).toBe(5000);
  });
});
