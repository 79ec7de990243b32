import { beforeAll, describe, expect, it } from '@jest/globals';
import type { EngineErrorCode, FieldName, Game, GameSettings } from './index.ts';
import { CHALLENGE_OPTIONS, Engine, EngineError, FIELDS } from './index.ts';
import { digestOf } from './testing/digest.ts';

const SETTINGS: GameSettings = { seeds: { core: 42n, disp: 7n }, character: 'val-hum-neu-fem' };

/** Walking, searching and inventory keys; the same for every game of a test. */
function keyAt(step: number): number {
  return 'hjklyubnsi\x1b'.charCodeAt((step * step + 3 * step) % 11);
}

function digests(game: Game, keys: number): string[] {
  const all: string[] = [];
  for (let step = 0; step < keys && game.step(keyAt(step)); step += 1) all.push(digestOf(game.observation));
  return all;
}

function codeOf(action: () => unknown): EngineErrorCode | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof EngineError) return error.code;
    throw error;
  }
}

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

describe('Game', () => {
  it('shows fields of the promised types and sizes', () => {
    const game = engine.newGame(SETTINGS);
    for (const { name, bytes } of FIELDS) expect(game.fieldBytes(name)).toHaveLength(bytes);
    expect(game.observation.glyphs).toBeInstanceOf(Int16Array);
    expect(game.observation.tty_colors).toBeInstanceOf(Int8Array);
    expect(game.observation.blstats).toHaveLength(27);
    expect(game.observation.blstats[10]).toBeGreaterThan(0);
  });

  it('is the same game for the same settings and keys, alone or between others', () => {
    const alone = digests(engine.newGame(SETTINGS), 400);
    const first = engine.newGame(SETTINGS);
    const other = engine.newGame({ seeds: { core: 1n, disp: 2n }, character: 'wiz-elf-cha-mal' });
    const between: string[] = [];
    for (let step = 0; step < 400 && first.step(keyAt(step)); step += 1) {
      between.push(digestOf(first.observation));
      if (!other.ended) other.step(keyAt(step + 5));
    }
    expect(between).toEqual(alone);
  });

  it('gives the same observations both ways', () => {
    const stepped = digests(engine.newGame(SETTINGS), 300);
    const hosted: string[] = [];
    engine.play(SETTINGS, (observation, step) => {
      if (step > 0) hosted.push(digestOf(observation));
      return step < 300 ? keyAt(step) : null;
    });
    expect(hosted).toEqual(stepped);
  });

  it('is not changed by the choice of fields', () => {
    const chosen: FieldName[] = ['glyphs', 'chars', 'colors', 'specials', 'blstats', 'message'];
    const compared = [...chosen, 'tty_chars', 'internal'];
    const digest = (game: Game): string =>
      digestOf(game.observation)
        .split(',')
        .filter((_, index) => compared.includes(FIELDS[index]?.name ?? ''))
        .join();
    const full = engine.newGame(SETTINGS);
    const some = engine.newGame({ ...SETTINGS, fields: chosen });
    for (let step = 0; step < 400 && full.step(keyAt(step)); step += 1) {
      some.step(keyAt(step));
      expect(digest(some)).toBe(digest(full));
    }
  });

  it('depends on seed, character and clock', () => {
    const screen = (settings: GameSettings): string => digestOf(engine.newGame(settings).observation);
    const base = screen(SETTINGS);
    expect(screen({ ...SETTINGS, seeds: { core: 43n, disp: 7n } })).not.toBe(base);
    expect(screen({ ...SETTINGS, seeds: { core: (1n << 63n) + 42n, disp: 7n } })).not.toBe(base);
    expect(screen({ ...SETTINGS, character: 'sam-hum-law-mal' })).not.toBe(base);
    // 2021-08-13 was a Friday: the greeting says so
    expect(screen({ ...SETTINGS, clock: 1_628_856_000 })).not.toBe(base);
  });

  it('ends with NetHack’s own record', () => {
    const game = engine.newGame(SETTINGS);
    const keys = [0xf1, 0x79]; // #quit, yes; then leave each question
    for (const key of keys) game.step(key);
    for (let step = 0; step < 30 && !game.ended; step += 1) game.step(27);
    expect(game.end).toMatchObject({ how: 13, howName: 'QUIT' });
    expect(game.end?.xlogfile).toMatchObject({ role: 'Val', race: 'Hum', death: 'quit', turns: '1' });
    expect(codeOf(() => game.step(27))).toBe('game_over');
  });

  it('starts in debug mode when asked', () => {
    const game = engine.newGame({ ...SETTINGS, debug: true });
    const text = new TextDecoder('latin1').decode(game.fieldBytes('tty_chars'));
    expect(text).toContain('Wizard the Stripling');
  });

  it('stays within 8 MiB', () => {
    const game = engine.newGame(SETTINGS);
    digests(game, 500);
    expect(game.memoryBytes).toBeLessThanOrEqual(8 * 1024 * 1024);
  });
});

describe('errors', () => {
  it.each([
    ['bad_seed', { seeds: { core: -1n, disp: 0n } }],
    ['bad_seed', { seeds: { core: 0n, disp: 1n << 64n } }],
    ['bad_character', { ...SETTINGS, character: 'jedi' }],
    ['bad_character', { ...SETTINGS, character: 'mon-hum-xyz' }],
    ['unknown_option', { ...SETTINGS, options: 'name:Agent-val-hum-neu-fem,purple_option' }],
    ['unknown_option', { ...SETTINGS, options: 'n'.repeat(5000) }],
    ['unknown_option', { ...SETTINGS, options: '@/etc/nethackrc' }],
    ['unknown_option', { ...SETTINGS, options: '' }],
    ['unknown_option', { ...SETTINGS, options: 'windowtype:X11' }],
    ['unknown_option', { ...SETTINGS, options: 'name:Agent-val-hum-neu-fem', debug: true }],
    ['unknown_option', { ...SETTINGS, options: 'name:A-val-hum-neu-fem,playmode:debug' }],
    ['unknown_option', { ...SETTINGS, options: 'name:A-val-hum-neu-fem,play:wizard', debug: false }],
    ['unknown_option', { ...SETTINGS, options: 'name:A-val-hum-neu-fem,fruit:playmode:debug', debug: true }],
    ['bad_character', { ...SETTINGS, character: 'jedi', options: 'name:A-val-hum-neu-fem' }],
    ['bad_clock', { ...SETTINGS, clock: 1.5 }],
    ['unknown_field', { ...SETTINGS, fields: ['smell'] as unknown as FieldName[] }],
  ] as const)('%s', (code, settings) => {
    expect(codeOf(() => engine.newGame(settings))).toBe(code);
    expect(codeOf(() => engine.play(settings, () => null))).toBe(code);
  });

  it.each<[EngineErrorCode, RegExp, unknown]>([
    ['bad_setting', /\{ seeds: \{ core, disp \} \}/, undefined],
    ['bad_setting', /\{ seeds: \{ core, disp \} \}/, null],
    ['bad_setting', /\{ seeds: \{ core, disp \} \}/, 'val'],
    ['bad_seed', /needs seeds/, {}],
    ['bad_seed', /needs seeds/, { seeds: null }],
    ['bad_seed', /'core' is undefined/, { seeds: {} }],
    ['bad_seed', /'disp' is 1;/, { seeds: { core: 1n, disp: 1 } }],
    ['bad_seed', /a value of type object/, { seeds: { core: Object.create(null) as object, disp: 1n } }],
    ['bad_setting', /no seed 'level'; there are core, /, { seeds: { ...SETTINGS.seeds, level: 1n } }],
    ['bad_setting', /reseed is 1;/, { seeds: { ...SETTINGS.seeds, reseed: 1 } }],
    ['bad_setting', /no setting 'spawnMonster'; .*spawnMonsters/, { ...SETTINGS, spawnMonster: false }],
    ['bad_setting', /no setting 'toString'/, { ...SETTINGS, toString: () => '' }],
    ['bad_setting', /spawnMonsters is no;/, { ...SETTINGS, spawnMonsters: 'no' }],
    ['bad_setting', /debug is 1;/, { ...SETTINGS, debug: 1 }],
    ['bad_character', /'5' is no character/, { ...SETTINGS, character: 5 }],
    ['unknown_option', /must be a text/, { ...SETTINGS, options: ['time'] }],
    ['unknown_field', /must be a list/, { ...SETTINGS, fields: 5 }],
    ['unknown_field', /must be a list/, { ...SETTINGS, fields: 'glyphs' }],
    ['unknown_field', /a value of type object/, { ...SETTINGS, fields: [{}] }],
    ['bad_clock', /clock is now;/, { ...SETTINGS, clock: 'now' }],
    ['bad_fuel', /a value of type object/, { ...SETTINGS, fuel: {} }],
  ])('%s, which says %s', (code, message, settings) => {
    for (const start of [
      () => engine.newGame(settings as GameSettings),
      () => engine.play(settings as GameSettings, () => null),
    ]) {
      expect(codeOf(start)).toBe(code);
      expect(start).toThrow(message);
    }
  });

  it('an option cannot take the observed window port away', () => {
    const options = `windowtype:tty,${CHALLENGE_OPTIONS},name:Agent-val-hum-neu-fem`;
    const { observation } = engine.newGame({ ...SETTINGS, options });
    expect(digestOf(observation)).toBe(digestOf(engine.newGame(SETTINGS).observation));
    expect(observation.inv_letters[0]).toBe('a'.charCodeAt(0));
  });

  it('names the option that NetHack does not know', () => {
    expect(() => engine.newGame({ ...SETTINGS, options: 'name:A-val-hum-neu-fem,purple_option' })).toThrow(
      /purple_option/,
    );
  });

  it.each([-1, 256, 1.5, Number.NaN])('bad_key %p', (key) => {
    const game = engine.newGame(SETTINGS);
    expect(codeOf(() => game.step(key))).toBe('bad_key');
    expect(game.steps).toBe(0);
    expect(codeOf(() => engine.play(SETTINGS, () => key))).toBe('bad_key');
  });

  it('game_over after dispose', () => {
    const game = engine.newGame(SETTINGS);
    game.dispose();
    expect(codeOf(() => game.step(27))).toBe('game_over');
  });

  it('lets the policy’s own error through', () => {
    expect(() =>
      engine.play(SETTINGS, () => {
        throw new RangeError('mine');
      }),
    ).toThrow(RangeError);
  });
});

describe('warming up', () => {
  it('changes no game', () => {
    const keys = Uint8Array.from({ length: 300 }, (_, i) => 'hjkl.s'.charCodeAt(i % 6));
    const played = (): string => digestOf(engine.newGame(SETTINGS).run(keys).observation);
    const before = played();
    const running = engine.newGame(SETTINGS);
    engine.warmUp();
    expect(played()).toBe(before);
    expect(digestOf(running.run(keys).observation)).toBe(before);
  });
});
