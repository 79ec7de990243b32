import type { GameRow } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';
import { lostText } from './faults.ts';

const row = (index: number, verdict: GameRow['verdict']): GameRow => ({
  ...{
    id: String(index),
    index,
    state: 'finished',
    verdict,
    endReason: 'agent',
    score: 0,
    turns: 1,
    steps: 1,
  },
  ...{ verdictReason: verdict === 'ok' ? null : 'exit code 1', deepestLevel: 1, experienceLevel: 1 },
  ...{ character: null, death: null, ascended: false, startedAt: null, finishedAt: null },
});

describe('what is told of lost games', () => {
  const games = [row(0, 'ok'), ...[1, 2, 3].map((index) => row(index, 'crashed')), row(4, 'killed')];
  const lost = [1, 2].map((index) => ({ row: row(index, 'crashed'), log: 'Trace\n' }));

  it('is each kind once, and how many were not asked for', () => {
    expect(lostText(games, lost)).toBe(
      'game 2, and 1 more alike: Agent crashed: exit code 1\n  The last it printed:\n    Trace\n\n' +
        '2 more games were lost; their pages have what was printed',
    );
  });

  it('is nothing more where all were asked for', () => {
    expect(lostText(games.slice(0, 3), lost)).toBe(
      'game 2, and 1 more alike: Agent crashed: exit code 1\n  The last it printed:\n    Trace',
    );
  });
});
