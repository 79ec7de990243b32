import type { GameView } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';
import { spread } from './spread.ts';

const game = (submissionId: string, index: number): GameView => ({ submissionId, index }) as GameView;
const names = (games: GameView[]): string[] => games.map((g) => `${g.submissionId}${g.index}`);

describe('spread', () => {
  const games = [...[0, 1, 2, 3].map((i) => game('a', i)), game('b', 0)];

  it('takes turns among agents', () => {
    expect(names(spread(games, 3))).toEqual(['a0', 'b0', 'a1']);
  });

  it('gives all there are when fewer are there', () => {
    expect(names(spread(games, 9))).toEqual(['a0', 'b0', 'a1', 'a2', 'a3']);
    expect(spread([], 3)).toEqual([]);
  });
});
