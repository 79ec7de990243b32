import type { BoardRow, BoardView, EvaluationView } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';
import {
  applyChange,
  applyProgress,
  countKinds,
  mergeAnswer,
  rowSignature,
  visibleRows,
} from './board-state.ts';

const row = (submissionId: string, over: Partial<BoardRow> = {}): BoardRow => ({
  rank: 1,
  submissionId,
  agentName: submissionId,
  agentVersion: '1.0.0',
  kind: 'symbolic',
  authors: [],
  submittedAt: '2026-11-22T12:00:00.000Z',
  state: 'running',
  gamesDone: 4,
  gamesTotal: 8,
  ascensions: 0,
  median: 10,
  quartile1: 5,
  quartile3: 20,
  mean: 12,
  bestDepth: 2,
  faults: 0,
  ...over,
});
const board = (version: number, rows: BoardRow[]): BoardView => ({
  competition: {
    ...{ slug: 'demo', name: 'Demo', description: '', gamesPerEvaluation: 8, limits: {} as never },
    screenDescriptions: false,
  },
  rows,
  version,
});
const progress = (
  submissionId: string,
  evaluation: Partial<EvaluationView>,
): Parameters<typeof applyProgress>[1] => ({
  submissionId,
  competition: 'demo',
  evaluation: {
    id: 'e',
    state: 'running',
    gamesDone: 0,
    gamesTotal: 8,
    gamesAhead: null,
    obstacle: null,
    reason: null,
    log: null,
    startedAt: null,
    finishedAt: null,
    board: null,
    ...evaluation,
  },
});

describe('versions order what a board shows', () => {
  it('takes newer events and leaves older, repeated and foreign ones', () => {
    const now = board(5, [row('a')]);
    const rows = [row('b'), row('a')];
    expect(applyChange(now, { competition: 'demo', version: 6, rows }).rows).toBe(rows);
    expect(applyChange(now, { competition: 'demo', version: 5, rows })).toBe(now);
    expect(applyChange(now, { competition: 'demo', version: 4, rows })).toBe(now);
    expect(applyChange(now, { competition: 'other', version: 9, rows })).toBe(now);
  });

  it('ends in the same board whatever the order of arrival', () => {
    const events = [6, 7, 8].map((version) => ({
      competition: 'demo',
      version,
      rows: [row(`at ${version}`)],
    }));
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 2, 1],
    ]) {
      const end = order.reduce(
        (state, i) => applyChange(state, events[i] as (typeof events)[0]),
        board(5, []),
      );
      expect(end).toMatchObject({ version: 8, rows: [{ submissionId: 'at 8' }] });
    }
  });

  it('keeps rows that events made newer than a slow answer', () => {
    const shown = board(9, [row('new')]);
    expect(mergeAnswer(shown, board(7, [row('old')]))).toMatchObject({
      version: 9,
      rows: [{ submissionId: 'new' }],
    });
    expect(mergeAnswer(shown, board(9, [row('same')])).rows[0]?.submissionId).toBe('same');
  });
});

describe('applyProgress', () => {
  it('moves games done forward only', () => {
    const now = board(1, [row('a'), row('b')]);
    expect(applyProgress(now, progress('a', { gamesDone: 5 })).rows.map((r) => r.gamesDone)).toEqual([5, 4]);
    expect(applyProgress(now, progress('a', { gamesDone: 3 }))).toBe(now);
    expect(applyProgress(now, progress('nobody', { gamesDone: 7 }))).toBe(now);
    expect(applyProgress(now, progress('a', { gamesDone: 4, state: 'finished' })).rows[0]?.state).toBe(
      'finished',
    );
  });
});

describe('visibleRows', () => {
  const rows = [row('x', { gamesDone: 0 }), row('a'), row('n', { kind: 'neural' }), row('b')];

  it('puts rows without games at the end and keeps the order otherwise', () => {
    expect(visibleRows(rows, 'all').map((r) => r.submissionId)).toEqual(['a', 'n', 'b', 'x']);
    expect(visibleRows(rows, 'neural').map((r) => r.submissionId)).toEqual(['n']);
    expect(visibleRows(rows, 'hybrid')).toEqual([]);
  });

  it('counts kinds', () => {
    expect(countKinds(rows)).toEqual({ all: 4, neural: 1, symbolic: 3, hybrid: 0 });
  });
});

describe('rowSignature', () => {
  it('changes with a figure and not with a new object', () => {
    expect(rowSignature(row('a'))).toBe(rowSignature(row('a')));
    expect(rowSignature(row('a', { median: 11 }))).not.toBe(rowSignature(row('a')));
  });
});
