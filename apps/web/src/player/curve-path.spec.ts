import { describe, expect, it } from '@jest/globals';
import { depthSpans, scorePath } from './curve-path.ts';

const samples = [
  { step: 0, score: 0, depth: 1 },
  { step: 50, score: 10, depth: 1 },
  { step: 100, score: 20, depth: 2 },
];

describe('scorePath', () => {
  it('goes from the lower left to the highest score', () => {
    expect(scorePath(samples, 100, 1000, 40)).toBe('M0,40L500,21L1000,2');
  });

  it('stays flat without points', () => {
    expect(
      scorePath(
        samples.map((s) => ({ ...s, score: 0 })),
        100,
        1000,
        40,
      ),
    ).toBe('M0,40L500,40L1000,40');
  });
});

describe('depthSpans', () => {
  it('joins neighbours and leaves no gap', () => {
    expect(depthSpans([...samples, { step: 150, score: 20, depth: 1 }], 200)).toEqual([
      { from: 0, to: 0.5, depth: 1 },
      { from: 0.5, to: 0.75, depth: 2 },
      { from: 0.75, to: 1, depth: 1 },
    ]);
  });
});
