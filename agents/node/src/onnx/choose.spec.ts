import { describe, expect, it } from '@jest/globals';
import { drawOf, largest, sampled } from './choose.ts';

describe('an action from logits', () => {
  it('is the largest, the first of equals, of its own game', () => {
    expect(largest([9, 1, 3, 3, 0], 1, 4)).toBe(1);
    expect(largest([-Infinity, -5], 0, 2)).toBe(1);
  });

  it.each([
    [[0, Number.NaN], 'a logit that is NaN (position 1)'],
    [[-Infinity, -Infinity], 'logits that are all -Infinity'],
    [[1, Infinity], 'a logit that is Infinity (position 1)'],
  ])('%j are none', (logits, what) => {
    expect(sampled(logits, 0, 2, 1, 0.5)).toEqual({ what });
  });

  it('is drawn as often as the softmax says, and the rarer the colder', () => {
    const logits = [0, Math.log(3), -Infinity, Math.log(6)];
    const shares = (temperature: number): number[] => {
      const counts = [0, 0, 0, 0];
      for (let step = 0; step < 20_000; step++) {
        const action = sampled(logits, 0, 4, temperature, drawOf(77, step)) as number;
        counts[action] = (counts[action] ?? 0) + 1 / 20_000;
      }
      return counts;
    };
    for (const [temperature, expected] of [
      [1, [0.1, 0.3, 0, 0.6]],
      [0.5, [1 / 46, 9 / 46, 0, 36 / 46]],
    ] as const) {
      // Four standard deviations of a share of a half: 0.014.
      shares(temperature).forEach((share, i) => {
        expect(Math.abs(share - (expected[i] ?? 0))).toBeLessThan(0.014);
      });
    }
    expect(sampled(logits, 0, 4, 1, 0)).toBe(0);
    expect(sampled(logits, 0, 4, 1, 1 - 2 ** -32)).toBe(3);
  });

  it('is drawn from the seed and the step alone', () => {
    expect(drawOf(5, 7)).toBe(drawOf(5, 7));
    const draws = new Set<number>();
    for (let seed = 0; seed < 50; seed++) for (let step = 0; step < 50; step++) draws.add(drawOf(seed, step));
    expect(draws.size).toBe(2500);
  });
});
