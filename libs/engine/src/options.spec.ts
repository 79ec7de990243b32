import { beforeAll, describe, expect, it } from '@jest/globals';
import { Engine } from './engine.ts';
import { CHALLENGE_OPTIONS, composeOptions, isCharacter, playsDebug } from './options.ts';

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

describe('a partial character', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.load();
  });

  /** What NetHack says of the hero, once spaces have answered all it asks. */
  function hero(options: string, character: string, debug: boolean, core = 3n): string {
    const game = engine.newGame({
      seeds: { core, disp: 4n },
      options: composeOptions(`nolegacy${options}`, character, debug),
      debug,
      fields: ['tty_chars', 'program_state'],
    });
    let screen = '';
    for (let keys = 0; keys < 20 && !/You are an? /.test(screen); keys += 1) {
      if (keys > 0) game.step(32);
      screen = new TextDecoder('latin1').decode(game.fieldBytes('tty_chars'));
    }
    game.dispose();
    const [, told = ''] = /You are an? (.*?)\./s.exec(screen) ?? [];
    return told.replaceAll(/\s+/g, ' ');
  }

  it.each([
    ['val', /^(neutral|lawful) (human|dwarven) Valkyrie$/],
    ['VALKYRIE-dwarf', /^lawful dwarven Valkyrie$/],
    ['mon-hum', /^\w+ (fe)?male human Monk$/],
    ['m-f-c', /^\w+ (fe)?male \w+ Cave(wo)?man$|^\w+ \w+ Cave(wo)?man$/],
    ['fem-mon-law', /^lawful female human Monk$/],
    ['law-dwa', /^lawful (\w+ )?dwarven \w+$/],
    ['orc', /^chaotic (\w+ )?orcish \w+$/],
    ['-val--', /Valkyrie$/],
    ['mon-val', /Valkyrie$/],
    ['archeologist-dwarf-lawful-female', /^lawful female dwarven Archeologist$/],
    ['', /^\w+ .+$/],
    ['*', /^\w+ .+$/],
  ])('%p is the hero that NetHack makes of it, in debug mode too', (character, expected) => {
    expect(hero('', character, false)).toMatch(expected);
    expect(hero('', character, true)).toMatch(expected);
  });

  it('leaves open what the options say', () => {
    expect(hero(',role:Samurai,gender:female', '', false)).toBe('lawful female human Samurai');
    expect(hero(',race:orc', 'wiz', false)).toMatch(/^chaotic (fe)?male orcish Wizard$/);
    expect(hero(',role:val', 'wiz', false)).toMatch(/Wizard$/);
    for (const core of [1n, 2n, 3n]) {
      expect(hero(',race:elf', '@', false, core)).toMatch(/elven \w+$/);
      expect(hero(',align:chaotic', '@', false, core)).toMatch(/^chaotic /);
    }
  });

  it.each(['jedi', 'val-xyz', 'mon,time', 'mon hum', 'male-evil', '@@', '0'])(
    '%p is refused by name',
    (character) => {
      expect(isCharacter(character)).toBe(false);
      expect(() => composeOptions('', character, false)).toThrow(
        `'${character}' is no character: use a role, race, alignment and gender or some of them`,
      );
    },
  );
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
