import type { GameRow } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';
import { game } from '@arena/contracts/testing';
import { listGames, mergeGames, nextSorting, scoresOf, type Games } from './games.ts';

const open = { verdict: null, endReason: null, score: null, death: null } as const;
const games = (...rows: GameRow[]): Games => mergeGames(new Map(), rows);
const indices = (rows: GameRow[]): number[] => rows.map((row) => row.index);

describe('mergeGames', () => {
  it('lets a running game finish, whichever of answer and event comes last', () => {
    const running = game(1, { state: 'running', ...open });
    expect(mergeGames(games(running), [game(1)]).get(1)?.state).toBe('finished');
    expect(mergeGames(games(game(1)), [running]).get(1)?.state).toBe('finished');
  });

  it('lets a game whose worker died wait again', () => {
    const running = game(1, { state: 'running', ...open });
    expect(mergeGames(games(running), [game(1, { state: 'pending', ...open })]).get(1)?.state).toBe(
      'pending',
    );
  });

  it('does not change what it was given', () => {
    const before = games(game(1));
    mergeGames(before, [game(2)]);
    expect(before.size).toBe(1);
  });
});

describe('listGames', () => {
  const all = games(
    game(0, { score: 5 }),
    game(1, { score: 50, verdict: 'crashed', endReason: 'agent' }),
    game(2, { state: 'running', ...open }),
    game(3, { state: 'pending', ...open }),
    game(4, { score: 5 }),
  );

  it('leaves out games that have not begun', () => {
    expect(indices(listGames(all, 'all', { key: 'index', descending: false }))).toEqual([0, 1, 2, 4]);
  });

  it('sorts with missing figures last both ways and ties by index', () => {
    expect(indices(listGames(all, 'all', { key: 'score', descending: true }))).toEqual([1, 0, 4, 2]);
    expect(indices(listGames(all, 'all', { key: 'score', descending: false }))).toEqual([0, 4, 1, 2]);
  });

  it('filters', () => {
    expect(indices(listGames(all, 'faults', { key: 'index', descending: false }))).toEqual([1]);
    expect(indices(listGames(all, 'playing', { key: 'index', descending: false }))).toEqual([2]);
  });

  it('takes scores of finished games only', () => {
    expect(scoresOf(all)).toEqual([5, 50, 5]);
  });
});

describe('nextSorting', () => {
  it('starts with the best and turns around', () => {
    const first = nextSorting({ key: 'index', descending: false }, 'score');
    expect(first).toEqual({ key: 'score', descending: true });
    expect(nextSorting(first, 'score')).toEqual({ key: 'score', descending: false });
    expect(nextSorting(first, 'index')).toEqual({ key: 'index', descending: false });
  });
});
