import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstDifference, gradeMemory, gradeStart, gradeSteps, gradeVerdicts } from './grades.ts';
import { spread } from './run.ts';
import { wrap } from '../terminal/wrap.ts';
import { caution, outcomeLines, pass } from './outcome.ts';

const LIMITS = {
  ...{ maxSteps: 1000, noProgressSteps: 100, stepTimeoutMs: 1000, timeBankMs: 10_000, startTimeoutMs: 1000 },
  ...{ memoryMiB: 100, processes: 1, outputBytesPerFrame: 1, tmpMiB: 1 },
};
const game = (keys: number[]): Parameters<typeof firstDifference>[0][number] =>
  ({ tape: { keys: Uint8Array.from(keys) } }) as never;

describe('an outcome', () => {
  it('is shown in one line, its remedy below', () => {
    expect(outcomeLines(pass('games', 'all went well'))).toBe('PASS     games        all went well');
    expect(outcomeLines(caution('step time', 'slow', 'be quick'))).toBe(
      `CAUTION  step time    slow\n${' '.repeat(22)}→ be quick`,
    );
  });

  it('keeps to its columns and loses no word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), (words) => {
        const lines = wrap(words.join(' '), 20);
        expect(lines.every((line) => line.length <= 20)).toBe(true);
        expect(lines.join(' ')).toBe(words.join(' '));
      }),
    );
  });
});

describe('grades', () => {
  it('find the first key that differs', () => {
    expect(firstDifference([game([1, 2]), game([3])], [game([1, 2]), game([3])])).toBeNull();
    expect(firstDifference([game([1, 2]), game([3, 4])], [game([1, 2]), game([3, 5])])).toEqual({
      game: 1,
      key: 1,
    });
    expect(firstDifference([game([1])], [game([1, 2])])).toEqual({ game: 0, key: 1 });
    expect(firstDifference([game([1])], [])).toEqual({ game: 0, key: 0 });
  });

  it('tell the verdict, how many games, and what to do', () => {
    const ok = { verdict: 'ok', verdictReason: null, log: null, steps: 10 } as const;
    const bad = { verdict: 'killed', verdictReason: 'by SIGKILL', log: 'bye', steps: 1 } as const;
    expect(gradeVerdicts('games', 'x', [ok, ok])).toMatchObject({
      grade: 'PASS',
      message: 'x: 2 games, 20 steps',
    });
    expect(gradeVerdicts('games', 'x', [ok, bad, bad])).toMatchObject({
      ...{ grade: 'FAIL', message: 'x: killed in 2 of 3 games: by SIGKILL', log: 'bye' },
      remedy: expect.stringContaining('processes') as unknown,
    });
  });

  it('measure against the limits', () => {
    expect(
      [gradeStart({ startMs: 499 }, LIMITS), gradeStart({ startMs: 501 }, LIMITS)].map(({ grade }) => grade),
    ).toEqual(['PASS', 'CAUTION']);
    expect([79, 81].map((peakMemoryMiB) => gradeMemory({ peakMemoryMiB }, LIMITS).grade)).toEqual([
      'PASS',
      'CAUTION',
    ]);
    expect(gradeSteps([{ agentTimeMs: 19, steps: 100 }], LIMITS)).toMatchObject({ grade: 'PASS' });
    expect(gradeSteps([{ agentTimeMs: 21, steps: 100 }], LIMITS)).toMatchObject({
      ...{
        grade: 'CAUTION',
        message: '0.21 ms a step and game; the time bank of 10 s lasts for 47,619 steps',
      },
    });
  });
});

describe('games to compare', () => {
  it('are all there are, or some from everywhere', () => {
    expect(spread(3, 18)).toEqual([0, 1, 2]);
    const some = spread(66, 18);
    expect([some.length, new Set(some).size, some[0], some.at(-1)]).toEqual([18, 18, 0, 65]);
    // No gap of more than four places goes unseen.
    expect(Math.max(...some.slice(1).map((game, i) => game - (some[i] ?? 0)))).toBeLessThanOrEqual(4);
  });
});
