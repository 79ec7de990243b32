import { beforeAll, describe, expect, it } from '@jest/globals';
import { Engine } from './engine.ts';
import { CHALLENGE_OPTIONS, composeOptions, playsDebug } from './options.ts';

describe('composeOptions', () => {
  it('gives the character by the hero’s name', () => {
    expect(composeOptions(CHALLENGE_OPTIONS, 'mon-hum-neu-mal', false)).toBe(
      `${CHALLENGE_OPTIONS},name:Agent-mon-hum-neu-mal`,
    );
  });

  it('asks for a random character with @', () => {
    expect(composeOptions('time', '@', false)).toBe(
      'time,name:Agent-@,race:random,gender:random,align:random',
    );
  });

  it('gives the character by options in debug mode, where the name becomes "wizard"', () => {
    expect(composeOptions('time', 'bar-hum-neu-fem', true)).toBe(
      'time,role:bar,race:hum,align:neu,gender:fem,name:Agent-bar-hum-neu-fem,playmode:debug',
    );
    expect(composeOptions('time', '@', true)).toBe(
      'time,role:random,name:Agent-@,race:random,gender:random,align:random,playmode:debug',
    );
  });
});

describe('playsDebug', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.load();
  });

  /** In debug mode the hero's name becomes "wizard", whatever the options say. */
  function isDebug(options: string, debug: boolean): boolean {
    const game = engine.newGame({ seeds: { core: 3n, disp: 4n }, options, debug });
    for (const key of [32, 32]) game.step(key);
    const screen = new TextDecoder('latin1').decode(game.fieldBytes('tty_chars'));
    game.dispose();
    return screen.includes('Wizard the ');
  }

  it.each([
    ['playmode:debug', true],
    ['time,playmode:debug,color', true],
    ['play:debug', true],
    ['PLAYMODE=Wizardry', true],
    ['time,  playmode :debug ', true],
    ['!!playmode:debug', true],
    ['!NOplaym:debug', true],
    ['playmode:debug,playmode:normal', true],
    ['!playmode:normal,playmode:debug', true],
    ['playmode:normal,playmode:debug', false],
    ['!playmode:debug', false],
    ['playmode:explore', false],
    ['fruit:playmode:debug', false],
    ['fruit:debug', false],
    ['time', false],
  ])('knows as NetHack does whether %s is debug mode', (options, expected) => {
    const whole = `${options},name:Agent-val-hum-neu-fem`;
    expect(playsDebug(whole)).toBe(expected);
    expect(isDebug(whole, expected)).toBe(expected);
  });

  it.each(['', 'playmode', 'playmode: debug', 'playmode=x:debug', 'pla:debug', 'playmodes:debug'])(
    'takes %p for none',
    (options) => {
      expect(playsDebug(options)).toBe(false);
    },
  );
});
