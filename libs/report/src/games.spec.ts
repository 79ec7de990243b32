import { game } from '@arena/contracts/testing';
import { describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { causesText, faultsText, gamesTable } from './games.ts';
import { boardRowOf } from './row.ts';

const GAMES = [
  game(0, { death: 'killed by a newt', score: 1_234_567, turns: 10_000, steps: 999_999 }),
  game(1, { verdict: 'crashed', verdictReason: 'x', endReason: 'agent', death: null, deepestLevel: 4 }),
  game(2, { death: 'killed by a hallucinatory monster with a long name, while praying' }),
  game(3, { death: '\u001b[2Jkilled by a\n\u202eghost called 火影忍者の冒険者たち' }),
];

describe('games as text', () => {
  it('fit 80 columns, whatever killed the hero', () => {
    const lines = [...gamesTable(GAMES).split('\n'), ...causesText(GAMES).split('\n')];
    expect(gamesTable(GAMES).split('\n')).toHaveLength(GAMES.length + 1);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(80);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('say what the website says', () => {
    const [, first = '', second = ''] = gamesTable(GAMES).split('\n');
    expect(first).toMatch(/^ {4}1 Val-Hum-Fem-Law 1,234,567 +10,000 +999,999 +1 killed by a newt$/);
    expect(second).toMatch(/Agent crashed$/);
    expect(causesText(GAMES.slice(0, 2))).toMatch(/^Agent crashed +1 {2}█+\nkilled by a newt +1 {2}█+$/);
    expect(faultsText(GAMES)).toBe(
      'verdicts: ok 3, crashed 1 (Agent crashed); 1 game lost to faults of the agent',
    );
  });
});

describe('the row of a board', () => {
  const entrant = { name: 'x', version: '1', kind: 'symbolic', authors: [] } as const;
  it('counts what the agent played and leaves out what the platform failed at', () => {
    const games = [...GAMES, game(4, { verdict: 'sandbox_error', score: 999, deepestLevel: 50 })];
    const seen: (readonly number[])[] = [];
    const row = boardRowOf(entrant, games, 6, (scores) => {
      seen.push(scores);
      return { median: 1, quartile1: 1, quartile3: 1, mean: 1 };
    });
    expect(row).toMatchObject({
      gamesDone: 4,
      gamesTotal: 6,
      faults: 1,
      bestDepth: 4,
      state: 'running',
      median: 1,
    });
    expect(seen).toEqual([[1_234_567, 10, 20, 30]]);
  });
});
