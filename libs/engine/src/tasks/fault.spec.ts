import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Game, Observation } from '../index.ts';
import { Engine, EngineError, INTERNAL, make } from '../index.ts';

const SEEDS = { core: 5n, disp: 6n };
/** Debug mode's #panic asks once and then panics for real. */
const PANIC = Array.from('#panic\ry', (letter) => letter.charCodeAt(0));

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

function errorOf(action: () => unknown): EngineError {
  try {
    action();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('an engine fault by a pressed key', () => {
  it('ends the episode alone: the environment is reset and closed as ever, and other games go on', () => {
    const task = make('NetHackScore-v0', engine, { debug: true });
    const other = make('NetHackScore-v0', engine);
    task.reset(SEEDS);
    other.reset(SEEDS);
    const press = (): void => {
      for (const key of PANIC) task.press(key);
    };
    const fault = errorOf(press);
    expect(fault.code).toBe('engine_fault');
    expect(fault.tape).toEqual(task.keys);
    expect(task.end).toBeNull();
    for (const use of [() => task.press(27), () => task.step(0)]) expect(errorOf(use).code).toBe('game_over');

    expect(other.step(0)).toMatchObject({ terminated: false });
    task.reset(SEEDS);
    expect(task.step(0)).toMatchObject({ terminated: false });
    expect(errorOf(press).code).toBe('engine_fault');
    task.close();
    task.close();
    task.reset(SEEDS);
    expect(task.press(115).ended).toBe(false);
    expect(other.press(115).ended).toBe(false);
  });

  it('is none by a key that is no byte, which changes nothing', () => {
    const task = make('NetHackScore-v0', engine);
    task.reset(SEEDS);
    const { keys } = task;
    expect(errorOf(() => task.press(300)).code).toBe('bad_key');
    expect(task.keys).toEqual(keys);
    expect(task.press(115).ended).toBe(false);
  });
});

describe('a prompt that no key leaves', () => {
  /** A real game that, once told to, waits at --More-- whatever it is given: NetHack has no such place. */
  function stuck(game: Game, isStuck: () => boolean): Game {
    const internal = game.observation.internal.slice();
    internal[INTERNAL.atMore] = 1;
    const waiting = { ...game.observation, internal } as Observation;
    return Object.create(game, {
      observation: { get: () => (isStuck() ? waiting : game.observation) },
      step: { value: (key: number) => isStuck() || game.step(key) },
    }) as Game;
  }

  it('is an engine fault that has its keys, and the next episode begins', () => {
    let isStuck = false;
    const crooked = Object.create(engine) as Engine;
    crooked.newGame = (settings) => stuck(engine.newGame(settings), () => isStuck);
    const task = make('NetHackScore-v0', crooked);
    task.reset(SEEDS);
    isStuck = true;
    const fault = errorOf(() => task.step(0));
    expect(fault.code).toBe('engine_fault');
    expect(fault.tape).toEqual(task.keys);
    expect(fault.tape?.length).toBeGreaterThan(100_000);
    isStuck = false;
    task.reset(SEEDS);
    expect(task.step(0)).toMatchObject({ terminated: false });
  });

  it('met while an episode is closed comes out, and leaves the environment to be reset', () => {
    let isStuck = false;
    const crooked = Object.create(engine) as Engine;
    crooked.newGame = (settings) => stuck(engine.newGame(settings), () => isStuck);
    const task = make('NetHackScore-v0', crooked);
    task.reset(SEEDS);
    isStuck = true;
    expect(
      errorOf(() => {
        task.close();
      }).code,
    ).toBe('engine_fault');
    isStuck = false;
    task.reset(SEEDS);
    task.close();
  });
});
