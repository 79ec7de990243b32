import { describe, expect, it } from '@jest/globals';
import { LIMITS } from '@arena/persistence/testing';
import { LEAST_OUTPUT_BYTES } from '@arena/protocol';
import { competitionSchema } from './competition.dto.ts';

const settings = { name: 'Demo', description: '', gamesPerEvaluation: 2, limits: LIMITS };
const limits = (change: Partial<typeof LIMITS>) => ({ limits: { ...LIMITS, ...change } });

function problems(change: Record<string, unknown>): string[] {
  const parsed = competitionSchema.safeParse({ ...settings, ...change });
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('settings of a competition', () => {
  it('have defaults that are the challenge', () => {
    expect(competitionSchema.parse(settings)).toMatchObject({
      task: 'NetHackChallenge-v0',
      character: '@',
      options: '',
      clock: 1_623_758_400,
      screenDescriptions: false,
      limits: { wallMs: 14_400_000, evaluationTimeMs: 172_800_000, openFiles: 256, cpuPercent: 400 },
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['the last second of the clock', { clock: 2 ** 31 - 1 }],
    ['a character', { character: 'val-hum-law-fem' }],
    ['a role alone', { character: 'Val' }],
    ['the least output', limits({ outputBytesPerFrame: LEAST_OUTPUT_BYTES })],
    ['the least memory', limits({ memoryMiB: 64, processes: 16, startTimeoutMs: 1000 })],
    ['the empty options', { options: '' }],
    ['descriptions that touch the game', { screenDescriptions: true }],
  ])('take %s', (_name, change) => {
    expect(problems(change)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a clock beyond 2038', { clock: 2 ** 31 }, /^clock: .*2147483647/],
    [
      'a role that NetHack lacks',
      { character: 'jedi' },
      /^character: 'jedi' is no character: use a role, race, /,
    ],
    ['an unknown role', { character: 'xyz-hum-law-fem' }, /^character: .* is no character/],
    ['options', { options: 'number_pad:0' }, /^options: allowed: only the challenge's own options/],
    ['a word for a flag', { screenDescriptions: 'yes' }, /^screenDescriptions: .*boolean/],
    ['another task', { task: 'NetHackScore-v0' }, /^task: .*NetHackChallenge-v0/],
    ['too little memory', limits({ memoryMiB: 63 }), /^limits\.memoryMiB: .*64/],
    ['too few threads', limits({ processes: 15 }), /^limits\.processes: .*16/],
    ['too few files', limits({ openFiles: 63 }), /^limits\.openFiles: .*64/],
    ['next to no processor', limits({ cpuPercent: 9 }), /^limits\.cpuPercent: .*10/],
    ['no game', limits({ wallMs: 999 }), /^limits\.wallMs: .*1000/],
    ['no time to start', limits({ startTimeoutMs: 999 }), /^limits\.startTimeoutMs: .*1000/],
    [
      'no room for an answer',
      limits({ outputBytesPerFrame: LEAST_OUTPUT_BYTES - 1 }),
      new RegExp(`^limits\\.outputBytesPerFrame: .*${LEAST_OUTPUT_BYTES}`),
    ],
  ])('refuse %s', (_name, change, message) => {
    expect(problems(change)).toEqual([expect.stringMatching(message)]);
  });
});
