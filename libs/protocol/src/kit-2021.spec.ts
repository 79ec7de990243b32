import { describe, expect, it } from '@jest/globals';
import { manifestNotices, readManifest } from './aicrowd.ts';
import { environmentsOf } from './kit-2021.ts';

const config = (...lines: string[]): string =>
  [
    'from agents.mine import Mine',
    'NUM_ENVIRONMENTS = 7',
    '',
    'class SubmissionConfig:',
    ...lines,
    '',
    'class Other:',
    '    NUM_ENVIRONMENTS = 9',
    '',
  ].join('\n');

describe("a submission_config.py's environments", () => {
  it.each<[string, string | null, number, boolean, RegExp | null]>([
    ['no file', null, 32, false, null],
    ['no number', config('    AGENT = Mine'), 32, false, null],
    ['a number', config('    AGENT = Mine', '    NUM_ENVIRONMENTS = 16'), 16, false, null],
    ['with a comment', config('\tNUM_ENVIRONMENTS=4  # of them'), 4, false, null],
    ['with a type', config('    NUM_ENVIRONMENTS: int = 5'), 5, false, null],
    [
      'after a blank line and a comment',
      config('    A = 1', '', '# x', '    NUM_ENVIRONMENTS = 6'),
      6,
      false,
      null,
    ],
    ['the most', config('    NUM_ENVIRONMENTS = 64'), 64, false, null],
    [
      'too many',
      config('    NUM_ENVIRONMENTS = 65'),
      64,
      false,
      /= 65 is more than can be played .* 64 are$/,
    ],
    ['none', config('    NUM_ENVIRONMENTS = 0'), 32, false, /= 0 is ignored: .*; 32 are played at once$/],
    ['a sum', config('    NUM_ENVIRONMENTS = cpus() * 2'), 32, false, /= cpus\(\) \* 2 is ignored/],
    ['a function', config('    MAKE_ENV_FN = wrap', '    NUM_ENVIRONMENTS = 48'), 48, true, null],
    [
      'a function, and too many',
      config('    MAKE_ENV_FN = wrap', '    NUM_ENVIRONMENTS = 49'),
      48,
      true,
      /thread each: 48 are$/,
    ],
    ['no function', config('    MAKE_ENV_FN = None', '    NUM_ENVIRONMENTS = 60'), 60, false, null],
  ])('%s', (_what, text, gamesAtOnce, wrapped, notice) => {
    const found = environmentsOf(text);
    expect(found).toMatchObject({ gamesAtOnce, wrapped });
    expect(found.notices).toEqual(notice === null ? [] : [expect.stringMatching(notice)]);
  });
});

describe('a submission of 2021', () => {
  const file = (aicrowd: unknown, text: string | null): Parameters<typeof readManifest>[0] => ({
    name: 'aicrowd.json',
    bytes: Buffer.from(JSON.stringify(aicrowd)),
    config: text === null ? null : Buffer.from(text),
  });

  it('plays as many environments as it says', () => {
    expect(readManifest(file({}, config('    NUM_ENVIRONMENTS = 16')), () => true).gamesAtOnce).toBe(16);
  });

  it('is told what of it has no effect', () => {
    expect(manifestNotices(file({ gpu: true, debug: true }, config('    NUM_ENVIRONMENTS = 100')))).toEqual([
      expect.stringMatching(/^aicrowd\.json: gpu: true is ignored: agents are run without graphics cards/),
      expect.stringMatching(/^aicrowd\.json: debug: true is ignored/),
      expect.stringMatching(/^submission_config\.py: NUM_ENVIRONMENTS = 100 is more/),
    ]);
    expect(manifestNotices(file({ gpu: false }, config('    NUM_ENVIRONMENTS = 16')))).toEqual([]);
  });

  it('with an arena.json is told where the two differ', () => {
    const arena = { runtime: 'python', entry: 'submission_config.py', gamesAtOnce: 8 };
    const both = { ...file(arena, config('    NUM_ENVIRONMENTS = 16')), name: 'arena.json' };
    expect(manifestNotices(both)).toEqual([
      'submission_config.py: NUM_ENVIRONMENTS = 16 is ignored: arena.json says gamesAtOnce: 8',
    ]);
    const same = {
      ...file({ ...arena, gamesAtOnce: 16 }, config('    NUM_ENVIRONMENTS = 16')),
      name: 'arena.json',
    };
    expect(manifestNotices(same)).toEqual([]);
    const other = {
      ...file({ ...arena, entry: 'agent.py' }, config('    NUM_ENVIRONMENTS = 16')),
      name: 'arena.json',
    };
    expect(manifestNotices(other)).toEqual([]);
  });
});
