import type { BoardRow } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { bar } from './progress.ts';
import { boardTable } from './table.ts';

/** What holds an emoji together stays within it. */
const EMOJI = new RegExp(String.raw`\p{RGI_Emoji}`, 'gv');

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

/** Names that agents may have, or that found their way past the manifest's rules. */
const HOSTILE = [
  'x'.repeat(500),
  '\u001b[2J\u001b]0;title\u0007escape',
  'a\nb\r\tc\u0000\u009b5A',
  '火影忍者の冒険者たち、長い名前のエージェント',
  '🐉🐲🧙‍♂️👨‍👩‍👧‍👦🇩🇪🏴‍☠️👍🏽 dragon',
  'Z\u0336\u0322\u031b\u0330\u0318\u0326\u030d\u0305algo\u0321\u0327\u0314',
  'عميل العربي \u202edesrever\u202c \u2066x',
  'เครื่องหมาย हिन्दी',
  'e\u0301te\u0301',
  '\u200b\u200d\ufeff',
  '\ud800 half',
  '\u2028\u2029',
  '\uff21\uff22\uff23 wide',
  '',
];

describe('boardTable', () => {
  it('shows the figures of a row, rounded as on the website', () => {
    expect(boardTable([row]).split('\n')[1]).toMatch(
      /1 explorer 1\.0\.0 +symbolic +64\/64 +0 +1,235 +2,000 +7/,
    );
    const small = { ...row, median: 12.5, mean: 999.96, bestDepth: null };
    expect(boardTable([small]).split('\n')[1]).toMatch(/ 12\.5 +1,000 +–$/);
  });

  it.each(HOSTILE)('keeps its columns whatever a name holds: %j', (agentName) => {
    const [, good = '', bad = ''] = boardTable([row, { ...row, agentName, agentVersion: '' }]).split('\n');
    expect(stringWidth(bad)).toBe(stringWidth(good));
    expect(stringWidth(bad)).toBeLessThanOrEqual(80);
    // The columns behind the name stand where they stand in every row.
    expect(bad.slice(bad.indexOf('symbolic'))).toBe(good.slice(good.indexOf('symbolic')));
    expect(stringWidth(bad.slice(0, bad.indexOf('symbolic')))).toBe(good.indexOf('symbolic'));
    expect(bad.replaceAll(EMOJI, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(bad).not.toMatch(/\p{M}{4}/u);
    expect(boardTable([{ ...row, agentName }]).split('\n')).toHaveLength(2);
  });
});

describe('bar', () => {
  it.each(HOSTILE)('begins at its column whatever a name holds: %j', (agentName) => {
    const drawn = bar({ ...row, agentName, gamesDone: 32, median: 999.96 });
    expect(stringWidth(drawn.slice(0, drawn.indexOf('█')))).toBe(21);
    expect(drawn).toMatch(/ 32\/64 {2}median 1,000$/);
    expect(drawn.replaceAll(EMOJI, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
