import { describe, expect, it } from '@jest/globals';
import { Noise, isMistake } from './noise.ts';

const STEPS = 20_000;

describe('mistakes', () => {
  const mistakes = (seed: number): number[] =>
    Array.from({ length: STEPS }, (_, step) => step).filter((step) => isMistake(seed, step, 0.05));

  it('are as many as was asked for, the same each time, others in another game', () => {
    const [one, other] = [mistakes(1), new Set(mistakes(2))];
    expect(one.length / STEPS).toBeCloseTo(0.05, 2);
    expect(mistakes(1)).toEqual(one);
    expect(one.filter((step) => other.has(step)).length / STEPS).toBeLessThan(0.01);
  });

  it('are keys that were given before, where and only where they should be', () => {
    const noise = new Noise(7, 0.05);
    // Ten letters, then spaces for ever.
    const keys = Array.from({ length: STEPS }, (_, step) => (step < 10 ? 97 + step : 32));
    const given = keys.map((key, step) => noise.key(step, key));
    const expected = new Set(mistakes(7));
    expect(given.filter((key, step) => !expected.has(step) && key !== keys[step])).toEqual([]);
    const made = given.filter((_, step) => expected.has(step));
    expect(made.every((key) => key === 32 || (key >= 97 && key < 107))).toBe(true);
    expect(new Set(given.slice(10)).size).toBeGreaterThan(1);
  });

  it('are none without a share', () => {
    const noise = new Noise(7, 0);
    expect(Array.from({ length: 100 }, (_, step) => noise.key(step, step))).toEqual(
      Array.from({ length: 100 }, (_, step) => step),
    );
  });
});
