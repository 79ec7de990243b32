import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Engine } from './index.ts';

const keysOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
/** Greetings, then quit and leave what is asked. */
const QUIT = keysOf(`  \xf1y${'\x1b'.repeat(30)}`);

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

function record(clock: number): Readonly<Record<string, string>> | null | undefined {
  const settings = { seeds: { core: 1n, disp: 1n }, character: 'val-hum-neu-fem', clock };
  return engine.play(settings, QUIT).end?.xlogfile;
}

describe('the clock', () => {
  it('is the one given, in UTC, on every day it can be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (clock) => {
        const day = new Date(clock * 1000).toISOString().slice(0, 10).replaceAll('-', '');
        expect(record(clock)).toMatchObject({
          ...{ birthdate: day, deathdate: day, starttime: String(clock), endtime: String(clock) },
          realtime: '0',
        });
      }),
      { numRuns: 100, examples: [[0], [951_782_400], [1_582_934_400], [0x7fff_ffff]] },
    );
  });

  it.each([
    ['Friday the 13th', '2021-08-13T12:00:00Z', /Watch out! {2}Bad things can happen on Friday the 13th\./],
    ['a new moon', '2021-06-10T12:00:00Z', /Be careful! {2}New moon tonight\./],
    ['a full moon', '2021-06-24T12:00:00Z', /You are lucky! {2}Full moon tonight\./],
  ])('brings %s', (_, day, words) => {
    const clock = Date.parse(day) / 1000;
    const game = engine.newGame({ seeds: { core: 1n, disp: 1n }, character: 'val-hum-neu-fem', clock });
    game.step(' '.charCodeAt(0)); // the welcome's --More--
    expect(new TextDecoder('latin1').decode(game.observation.tty_chars)).toMatch(words);
  });
});
