import type { BoardRow } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';
import { boardTable } from './table.ts';

const row: BoardRow = {
  rank: 1,
  submissionId: 'x',
  agentName: 'explorer',
  agentVersion: '1.0.0',
  kind: 'symbolic',
  authors: [],
  submittedAt: '2026-01-01T00:00:00Z',
  state: 'finished',
  gamesDone: 64,
  gamesTotal: 64,
  ascensions: 0,
  median: 1234.5,
  quartile1: 1,
  quartile3: 2,
  mean: 2000,
  bestDepth: 7,
  faults: 0,
};

describe('boardTable', () => {
  it('shows the figures of a row', () => {
    expect(boardTable([row]).split('\n')[1]).toMatch(
      /1 explorer 1\.0\.0 +symbolic +64\/64 +0 +1,234\.5 +2,000 +7/,
    );
  });

  it('keeps to 80 columns and to printable characters whatever a name holds', () => {
    const hostile = { ...row, agentName: `\u001b[2J${'x'.repeat(500)}`, rank: null, median: null };
    const table = boardTable([row, hostile]);
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(table).not.toContain('\u001b');
  });
});
