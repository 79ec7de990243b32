import type { GameResult } from '@arena/evaluation';
import { describe, expect, it } from '@jest/globals';
import { gradeWhole } from './whole.ts';

const NONE = { games: 0, steps: 0 };
const game = (
  steps: number,
  verdict: GameResult['verdict'] = 'ok',
): Pick<GameResult, 'verdict' | 'verdictReason' | 'log' | 'steps' | 'endReason'> => ({
  ...{
    steps,
    verdict,
    endReason: 'game_over',
    verdictReason: verdict === 'ok' ? null : 'KeyError: 7',
    log: 'Traceback',
  },
});

describe('whole games', () => {
  it('pass with what they covered', () => {
    expect(gradeWhole([game(12_000), game(345)], NONE, 60)).toMatchObject({
      ...{ grade: 'PASS', message: '2 whole games, 12,345 steps' },
    });
  });

  it('that are not all over in time are told with those in play', () => {
    expect(gradeWhole([game(300)], { games: 7, steps: 5000 }, 60)).toMatchObject({
      ...{ grade: 'PASS', message: '1 whole game, 5,300 steps in 60 seconds; 7 games were still in play' },
    });
  });

  it('of which none is over in time are a caution, with how to play longer', () => {
    const { grade, remedy } = gradeWhole([], { games: 8, steps: 5000 }, 60);
    expect([grade, remedy]).toEqual(['CAUTION', expect.stringContaining('--seconds 600')]);
  });

  it('of which none has begun in time are a caution', () => {
    expect(gradeWhole([], NONE, 1)).toMatchObject({
      ...{ grade: 'CAUTION', remedy: expect.stringContaining('--seconds 10') as unknown },
    });
  });

  it('that got stuck are a caution', () => {
    const { grade, message } = gradeWhole([game(9), { ...game(10_009), endReason: 'no_progress' }], NONE, 60);
    expect([grade, message]).toEqual([
      'CAUTION',
      '2 whole games, 10,018 steps; 1 of them ended since no game time passed any more',
    ]);
  });

  it('fail with the reason and the stack trace', () => {
    const { grade, message, log } = gradeWhole([game(9), game(4301, 'crashed')], NONE, 60);
    expect([grade, message, log]).toEqual([
      'FAIL',
      'played to their ends: crashed in 1 of 2 games: KeyError: 7',
      'Traceback',
    ]);
  });
});
