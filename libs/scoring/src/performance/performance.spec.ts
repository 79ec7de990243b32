import { describe, expect, it } from '@jest/globals';
import { causeOfDeath } from './cause.ts';
import { medianInterval } from './interval.ts';
import { performanceOf, type GameFigures } from './performance.ts';

describe('the interval of a median', () => {
  // Tables of order statistics: n = 6 → ranks 1 and 6, 20 → 6 and 15, 100 → 40 and 61 (at least 95 %).
  it.each([
    [6, 1, 6],
    [20, 6, 15],
    [100, 40, 61],
  ])('of %d values lies between the ranks %d and %d', (n, low, high) => {
    const values = Array.from({ length: n }, (_, i) => n - i);
    expect(medianInterval(values)).toEqual({ median: (n + 1) / 2, low, high });
  });

  it('reaches over everything where there are too few, and is none of nothing', () => {
    expect(medianInterval([5, 1, 3])).toEqual({ median: 3, low: 1, high: 5 });
    expect(medianInterval([])).toBeNull();
  });

  it('is found for as many games as anybody plays', () => {
    const found = medianInterval(Array.from({ length: 4096 }, (_, i) => i));
    // 2048 ± 1.96·32
    expect(found?.low).toBeGreaterThan(1980);
    expect(found?.low).toBeLessThan(1990);
  });
});

describe('a cause of death', () => {
  it.each([
    ['killed by a soldier ant', 'soldier ant'],
    ['killed by an invisible jackal, while sleeping', 'jackal'],
    ['killed by a dwarf called Urist, while helpless', 'dwarf'],
    ['killed by the wrath of Anhur', 'wrath of Anhur'],
    ['killed by Ms. Akureyri, the shopkeeper', 'shopkeeper'],
    ['poisoned by a rotted gnome corpse', 'poisoned by rotted gnome corpse'],
    ['died of starvation', 'died of starvation'],
    ['petrified by a cockatrice corpse', 'petrified by cockatrice corpse'],
  ])('%s', (death, cause) => {
    expect(causeOfDeath(death)).toBe(cause);
  });
});

describe('the performance in a set of games', () => {
  const game = (figures: Partial<GameFigures>): GameFigures => ({
    ...{ score: 0, deepestLevel: 1, experienceLevel: 1, turns: 100, steps: 120, ascended: false },
    ...{ character: 'Val-Hum-Fem-Law', death: 'killed by a newt', endReason: 'game_over' },
    ...figures,
  });

  it('sums up scores, depths, roles and causes', () => {
    const games = [
      game({ score: 10 }),
      game({ score: 30, deepestLevel: 3, death: 'killed by a jackal' }),
      game({ score: 20, deepestLevel: 2, character: 'Tou-Hum-Mal-Neu' }),
      game({ score: 5, character: null, death: null, endReason: 'no_progress' }),
    ];
    const found = performanceOf(games);
    expect(found).toMatchObject({ meanDepth: 1.75, noProgress: 0.25, depths: [2, 1, 1], ascensions: 0 });
    expect(found.roles.map(({ role, games: count, median }) => [role, count, median])).toEqual([
      ['?', 1, 5],
      ['Tou', 1, 20],
      ['Val', 2, 20],
    ]);
    expect(found.causes.map(({ cause, games: count }) => [cause, count])).toEqual([
      ['newt', 2],
      ['jackal', 1],
      ['no_progress', 1],
    ]);
    expect(performanceOf([...games].reverse())).toEqual(found);
  });

  it('of no games is empty', () => {
    expect(performanceOf([])).toMatchObject({ interval: null, meanDepth: 0, roles: [], causes: [] });
  });
});
