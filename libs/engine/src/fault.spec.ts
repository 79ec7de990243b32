import { beforeAll, describe, expect, it } from '@jest/globals';
import { Engine, EngineError } from './index.ts';
import type { Game, GameSettings } from './index.ts';
import { digestOf } from './testing/digest.ts';
import { play } from './testing/play.ts';

const DEBUG: GameSettings = { seeds: { core: 3n, disp: 4n }, character: 'val-hum-neu-fem', debug: true };
const WELCOME = '  ';
const keysOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
/** Debug mode's #panic asks once and then panics for real. */
const PANIC = keysOf(`${WELCOME}#panic\ry`);

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

function faultOf(action: () => unknown): EngineError {
  try {
    action();
  } catch (error) {
    if (error instanceof EngineError && error.code === 'engine_fault') return error;
    throw error;
  }
  throw new Error('no fault');
}

describe('a panic', () => {
  it('ends the game as an engine fault, both ways, with its tape', () => {
    const game = engine.newGame(DEBUG);
    const stepped = faultOf(() => game.run(PANIC));
    const hosted = faultOf(() => engine.play(DEBUG, PANIC));
    for (const fault of [stepped, hosted]) {
      expect(fault.message).toBe("engine fault, not the player's: NetHack gave up: Crash test.");
      expect(fault.tape).toEqual(PANIC);
    }
    expect(game.tape).toEqual(PANIC);
    expect(game.fault).toBe(stepped);
    expect(() => game.step(27)).toThrow(expect.objectContaining({ code: 'game_over' }));
    game.dispose();
  });

  it('leaves other games alone', () => {
    const start: GameSettings = { seeds: { core: 8n, disp: 9n } };
    const digests = (game: Game): string[] =>
      [...keysOf('hjklyubn')].map((key) => {
        game.step(key);
        return digestOf(game.observation);
      });
    const alone = digests(engine.newGame(start));
    const beside = engine.newGame(start);
    faultOf(() => engine.newGame(DEBUG).run(PANIC));
    expect(digests(beside)).toEqual(alone);
  });
});

describe('a trap', () => {
  const start: GameSettings = { seeds: { core: 8n, disp: 9n } };
  const keys = [...keysOf('hjklyubns.')];

  /** Overwrites what the game works with, as a stray write of its own would: its next step cannot go well. */
  const spoil = (game: Game, byte: number): void => {
    new Uint8Array(game.observation.glyphs.buffer, 262_144).fill(byte);
  };

  it('is told as one even where the suspended stack is noise', () => {
    const game = engine.newGame(start);
    let state = 1;
    const noise = new Uint8Array(game.observation.glyphs.buffer, 262_144);
    for (let i = 0; i < noise.length; i += 1) {
      state = (state * 75 + 74) % 65_537;
      noise[i] = state & 0xff;
    }
    const fault = faultOf(() => game.step(104));
    expect([...(fault.tape ?? [])]).toEqual([104]);
    expect(game.fault).toBe(fault);
    expect(play(engine.newGame(start), keys)).toEqual(play(engine.newGame(start), keys));
  });

  it('ends the game as an engine fault with its tape; new and restored games are sound', () => {
    const alone = engine.newGame(start);
    const snapshot = alone.snapshot();
    const expected = play(alone, keys);
    const beside = engine.newGame(start);
    for (const [byte, given] of [
      [0, keys.slice(0, 1)],
      [0xff, keys.slice(0, 4)],
    ] as const) {
      const game = engine.newGame(start);
      play(game, given.slice(0, -1));
      spoil(game, byte);
      const fault = faultOf(() => game.step(given.at(-1) ?? 0));
      expect(fault.cause).toMatchObject({ cause: expect.any(WebAssembly.RuntimeError) });
      expect(fault.message).toMatch(/^engine fault, not the player's: /);
      expect(fault.tape).toEqual(Uint8Array.from(given));
      expect(game.fault).toBe(fault);
      expect(() => game.step(27)).toThrow(expect.objectContaining({ code: 'game_over' }));
      game.dispose();
      // twice, so that an instance that came back spoiled would be taken
      for (let time = 0; time < 2; time += 1) {
        const fresh = engine.newGame(start);
        const restored = engine.restore(snapshot);
        expect(play(fresh, keys)).toEqual(expected);
        expect(play(restored, keys)).toEqual(expected);
        fresh.dispose();
        restored.dispose();
      }
    }
    expect(play(beside, keys)).toEqual(expected);
  });

  it('of the host-answered way is one too, and the next game is sound', () => {
    const expected = digestOf(engine.play(start, Uint8Array.from(keys)).observation);
    const fault = faultOf(() =>
      engine.play(start, (observation, step) => {
        if (step === 3) new Uint8Array(observation.glyphs.buffer, 262_144).fill(0xa5);
        return keys[step] ?? null;
      }),
    );
    expect(fault.tape).toEqual(Uint8Array.from(keys.slice(0, fault.tape?.length)));
    expect(fault.tape?.length).toBeGreaterThanOrEqual(4);
    expect(digestOf(engine.play(start, Uint8Array.from(keys)).observation)).toBe(expected);
  });
});

describe('quitting in debug mode', () => {
  it('is no fault when a core dump is asked for, of which there is none', () => {
    const tape = keysOf(`${WELCOME}\xf1yy${' '.repeat(30)}`);
    const { end } = engine.newGame(DEBUG).run(tape);
    expect(end).toMatchObject({ howName: 'QUIT', xlogfile: { death: 'quit' } });
    expect(engine.play(DEBUG, tape).end).toEqual(end);
  });
});

describe('a game that asks for no key', () => {
  const start: GameSettings = {
    seeds: { core: 11n, disp: 9n },
    options: 'pettype:none,name:Agent-val-hum-neu-fem',
    spawnMonsters: false,
  };

  it('ends as an engine fault once its fuel is used up, both ways', () => {
    // nothing disturbs the hero for 750 turns of searching, which take 175,000 loop rounds; a new game takes 53,000
    const tape = keysOf(`${WELCOME}n32767s`);
    const settings = { ...start, fuel: 100_000 };
    const game = engine.newGame(settings);
    for (const fault of [faultOf(() => game.run(tape)), faultOf(() => engine.play(settings, tape))]) {
      expect(fault.message).toMatch(/went on without asking for a key/);
      expect(fault.tape?.at(-1)).toBe('s'.charCodeAt(0));
    }
    expect(game.tape).toEqual(tape);
    expect(engine.newGame(start).run(tape).observation.blstats[20]).toBe(751);
  });

  it('may not be given no fuel at all', () => {
    expect(() => engine.newGame({ ...start, fuel: 0 })).toThrow(
      expect.objectContaining({ code: 'bad_fuel' }),
    );
  });
});
