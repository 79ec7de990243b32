import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareStandings, rank, type Standing } from './ranking.ts';

const base: Standing = {
  submissionId: 'a',
  submittedAt: 1,
  scored: true,
  ascensions: 0,
  median: 100,
  mean: 100,
};

describe('rank', () => {
  it.each<[string, Partial<Standing>, Partial<Standing>]>([
    ['an ascension beats any score', { ascensions: 1, median: 1 }, { median: 10_000 }],
    ['median beats mean', { median: 101, mean: 1 }, { median: 100, mean: 5000 }],
    ['mean decides equal medians', { mean: 101 }, { mean: 100 }],
    ['the earlier submission wins a tie', { submittedAt: 1 }, { submittedAt: 2 }],
    ['the id decides what time cannot', { submissionId: 'a' }, { submissionId: 'b' }],
    [
      'a score beats none, even a negative one',
      { median: -5, mean: -5, submittedAt: 9 },
      { scored: false, median: null, mean: null },
    ],
  ])('%s', (_, first, second) => {
    const winner = { ...base, submissionId: 'a', ...first };
    const loser = { ...base, submissionId: 'b', ...second };
    expect(rank([loser, winner]).map((row) => row.standing)).toEqual([winner, loser]);
    expect(rank([winner, loser]).map((row) => row.standing)).toEqual([winner, loser]);
  });

  it('gives rows without a score no rank', () => {
    const rows = rank([
      { ...base, scored: false, median: null, mean: null },
      { ...base, submissionId: 'b' },
    ]);
    expect(rows.map((row) => [row.standing.submissionId, row.rank])).toEqual([
      ['b', 1],
      ['a', null],
    ]);
  });

  const standing = fc.record({
    submissionId: fc.uuid(),
    submittedAt: fc.integer({ min: 0, max: 3 }),
    scored: fc.boolean(),
    ascensions: fc.integer({ min: 0, max: 2 }),
    median: fc.option(fc.integer({ min: 0, max: 3 })),
    mean: fc.option(fc.integer({ min: 0, max: 3 })),
  });

  it('is a total order: antisymmetric, transitive, equal only to itself', () => {
    fc.assert(
      fc.property(standing, standing, standing, (a, b, c) => {
        expect(Math.sign(compareStandings(a, b))).toBe(-Math.sign(compareStandings(b, a)) + 0);
        if (compareStandings(a, b) <= 0 && compareStandings(b, c) <= 0) {
          expect(compareStandings(a, c)).toBeLessThanOrEqual(0);
        }
        if (a.submissionId !== b.submissionId) expect(compareStandings(a, b)).not.toBe(0);
      }),
    );
  });

  it('does not depend on the order it is given', () => {
    fc.assert(
      fc.property(fc.uniqueArray(standing, { selector: (row) => row.submissionId, maxLength: 8 }), (rows) => {
        expect(rank([...rows].reverse())).toEqual(rank(rows));
      }),
    );
  });
});
