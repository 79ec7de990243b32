import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { findGolden, readGolden } from '../golden/file.ts';
import { playGoldenTask } from '../golden/task-player.ts';
import type { TaskOptions } from '../index.ts';
import { Engine, EngineError, make, registerTask, taskIds } from '../index.ts';
import { Penalty } from './penalty.ts';
import { NLE_TASKS } from './catalogue.ts';

const FOLDER = fileURLToPath(new URL('../../../../test/golden/tasks', import.meta.url));
const ESC = 38;
const SEARCH = 75;
const SEEDS = { core: 5n, disp: 6n };

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof EngineError ? error.code : String(error);
  }
}

describe('recorded episodes', () => {
  it.each(findGolden([FOLDER]).map((path) => path.slice(FOLDER.length + 1)))('%s is identical', (name) => {
    const golden = readGolden(`${FOLDER}/${name}`);
    if (!('task' in golden)) throw new Error(`${name} is no task trace`);
    expect(playGoldenTask(engine, golden, crc32)).toBeNull();
  });

  it('a changed reward, digest or end is found', () => {
    const golden = readGolden(`${FOLDER}/dev-staircase-1.json.gz`);
    if (!('task' in golden)) throw new Error('no task trace');
    const rewards = golden.rewards.with(40, 1);
    const obsCrc = golden.obsCrc.with(100, 0);
    expect(playGoldenTask(engine, { ...golden, rewards }, crc32)?.observation).toBe(41);
    expect(playGoldenTask(engine, { ...golden, obsCrc }, crc32)?.observation).toBe(100);
    expect(playGoldenTask(engine, { ...golden, endStatus: 2 }, crc32)?.message).toContain('recorded is 2');
  });
});

describe('limits', () => {
  const challenge = (options: TaskOptions): ReturnType<typeof make> =>
    make('NetHackChallenge-v0', engine, { nextSeeds: () => SEEDS, ...options });

  it('steps: the last one allowed is truncated, and the game is quit', () => {
    const task = challenge({ maxEpisodeSteps: 3 });
    task.reset();
    const results = [SEARCH, SEARCH, SEARCH].map((action) => task.step(action));
    expect(results.map(({ truncated }) => truncated)).toEqual([false, false, true]);
    expect(results[2]).toMatchObject({ terminated: false, info: { end_status: -1, is_ascended: false } });
    expect(task.end?.howName).toBe('QUIT');
    expect(codeOf(() => task.step(SEARCH))).toBe('game_over');
  });

  it('steps in a row without game time, counted anew whenever some passes', () => {
    const task = challenge({ noProgressSteps: 3 });
    task.reset();
    const ends = [ESC, ESC, SEARCH, ESC, ESC, ESC].map((action) => task.step(action).truncated);
    expect(ends).toEqual([false, false, false, false, false, true]);
  });

  it.each([
    ['a menu', [44]],
    ['a place on the map to choose', [42]],
    ['a text to enter', [20, 105]],
  ])('a game stopped at %s is quit all the same', (_, actions) => {
    const task = challenge({ maxEpisodeSteps: actions.length });
    task.reset();
    for (const action of actions) task.step(action);
    expect(task.end?.howName).toBe('QUIT');
  });

  it('the last observation stays as it was when the game was stopped', () => {
    const task = challenge({ maxEpisodeSteps: 1 });
    const first = task.reset().observation.tty_chars?.slice();
    const { observation } = task.step(ESC);
    expect(observation.tty_chars?.subarray(80)).toEqual(first?.subarray(80));
  });
});

describe('prompts', () => {
  const EAT_LIKE = { core: 5n, disp: 6n };

  it('are left, except questions for the agent', () => {
    const task = make('NetHack-v0', engine, { fields: ['misc', 'message'] });
    task.reset(EAT_LIKE);
    const answer = (key: number): number[] => [
      ...(task.step(task.actions.indexOf(key)).observation.misc ?? []),
    ];
    expect(answer(0xe5)).toEqual([0, 0, 0]); // #enhance is a menu: nothing waits in a prompt that is answered
    expect(answer('e'.charCodeAt(0))[0]).toBe(1); // What do you want to eat?
    expect(answer(27)).toEqual([0, 0, 0]);
    expect(answer('w'.charCodeAt(0))[0]).toBe(0); // What do you want to wield? is declined
  });

  it('all reach the agent where it wants them', () => {
    const task = make('NetHack-v0', engine, { allowAllYnQuestions: true, fields: ['misc'] });
    task.reset(EAT_LIKE);
    expect(task.step(task.actions.indexOf('w'.charCodeAt(0))).observation.misc?.[0]).toBe(1);
  });
});

describe('seeds', () => {
  it('the same give the same episode; the info tells those that were drawn', () => {
    const task = make('NetHackScore-v0', engine, { fields: ['tty_chars', 'blstats'] });
    const { info, observation } = task.reset();
    if (info.seeds === undefined) throw new Error('no seeds');
    const screen = observation.tty_chars?.slice();
    expect(task.reset().observation.tty_chars?.slice()).not.toEqual(screen);
    expect(task.reset(info.seeds).observation.tty_chars?.slice()).toEqual(screen);
  });

  it('of the challenge are hidden', () => {
    const task = make('NetHackChallenge-v0', engine);
    expect(codeOf(() => task.reset(SEEDS))).toBe('bad_task');
    expect(task.reset().info).toEqual({});
  });
});

describe('penalties', () => {
  const step = (before: number, after: number): Parameters<Penalty['of']>[0] => {
    const blstats = (turns: number): Int32Array => new Int32Array(27).with(20, turns);
    return { before: { blstats: blstats(before) }, after: { blstats: blstats(after) } };
  };

  it.each([
    ['constant', [0, -1, -1, 0]],
    ['exp', [-1, -2, -4, -1]],
    ['square', [0, -1, -4, 0]],
    ['linear', [0, -1, -2, 0]],
    ['always', [-1, -1, -1, -1]],
  ] as const)('%s', (mode, expected) => {
    const penalty = new Penalty({ mode, step: -1, time: 0 });
    const given = [step(1, 2), step(2, 2), step(2, 2), step(2, 3)].map((each) => penalty.of(each));
    expect(given.map((value) => value + 0)).toEqual(expected);
  });

  it('for turns', () => {
    expect(new Penalty({ mode: 'constant', step: -1, time: -0.5 }).of(step(10, 13))).toBe(-1.5);
  });
});

describe('make', () => {
  it('knows the eight tasks and the base environment', () => {
    expect(taskIds().slice(0, 9)).toEqual(NLE_TASKS.map(({ id }) => id));
    expect(NLE_TASKS.map(({ actions }) => actions.length)).toEqual([86, 23, 23, 23, 23, 23, 23, 23, 121]);
  });

  it('refuses what it does not know', () => {
    expect(codeOf(() => make('NetHackScore-v1', engine))).toBe('bad_task');
    expect(codeOf(() => make('NetHackScore-v0', engine, { maxEpisodeSteps: 0 }))).toBe('bad_task');
    expect(codeOf(() => make('NetHackChallenge-v0', engine, { penaltyStep: -1 }))).toBe('bad_task');
    const misspelt = { penalty_step: -1 } as TaskOptions;
    expect(() => make('NetHackScore-v0', engine, misspelt)).toThrow(/no option 'penalty_step'/);
    expect(codeOf(() => make('NetHackScore-v0', engine, { penaltyMode: 'cubic' as 'exp' }))).toBe('bad_task');
    expect(codeOf(() => make('NetHackScore-v0', engine).step(0))).toBe('game_over');
  });

  it('takes new tasks, each id once', () => {
    const base = NLE_TASKS[1];
    if (base === undefined) throw new Error('no task');
    const deeper = { ...base, id: 'Deeper-v0', begin: () => ({ reward: () => 7, isSuccess: () => true }) };
    registerTask(deeper);
    const task = make('Deeper-v0', engine);
    task.reset(SEEDS);
    expect(task.step(0)).toMatchObject({ reward: 7, terminated: true, info: { end_status: 2 } });
    expect(
      codeOf(() => {
        registerTask(deeper);
      }),
    ).toBe('bad_task');
    expect(
      codeOf(() => {
        registerTask({ ...deeper, id: 'Deeper' });
      }),
    ).toBe('bad_task');
  });
});
