import { describe, expect, it } from '@jest/globals';
import { shardSize } from '../shards.ts';
import { compareMedians } from './order.ts';
import { usageOf } from './usage.ts';

describe('two medians', () => {
  const at = (low: number, high: number) => ({ median: (low + high) / 2, low, high });
  it.each([
    [at(0, 1), at(2, 3), 'below'],
    [at(2, 3), at(0, 1), 'above'],
    [at(0, 2), at(2, 3), 'open'],
    [at(0, 9), at(2, 3), 'open'],
    [at(2, 3), at(2, 3), 'open'],
  ])('%j and %j are %s', (a, b, order) => {
    expect(compareMedians(a, b)).toBe(order);
  });
});

describe('what games took', () => {
  const games = [
    { verdict: 'ok', steps: 100, agentTimeMs: 50 },
    { verdict: 'ok', steps: 10, agentTimeMs: 20 },
    { verdict: 'crashed', steps: 0, agentTimeMs: 7 },
    { verdict: 'killed', steps: 30, agentTimeMs: 30 },
  ];

  it('is summed up, and a game without a step says nothing about steps', () => {
    const found = usageOf(games);
    expect(found.verdicts).toEqual([
      { verdict: 'ok', games: 2 },
      { verdict: 'crashed', games: 1 },
      { verdict: 'killed', games: 1 },
    ]);
    expect(found.steps).toEqual({ median: 20, quartile1: 7.5, quartile3: 47.5, mean: 35, most: 100 });
    expect(found.msPerStep).toMatchObject({ median: 1, most: 2 });
    expect(found).toMatchObject({ totalSteps: 140, totalAgentTimeMs: 107 });
    expect(usageOf([...games].reverse())).toEqual(found);
  });

  it('is nothing for no games', () => {
    expect(usageOf([])).toMatchObject({ verdicts: [], steps: { median: null, most: null }, totalSteps: 0 });
  });
});

describe('a shard', () => {
  it.each([
    [1, 16],
    [16, 16],
    [32, 32],
    [64, 64],
  ])('for %d games at once has %d', (gamesAtOnce, games) => {
    expect(shardSize(gamesAtOnce)).toBe(games);
  });
});
