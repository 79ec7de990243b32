import { describe, expect, it } from '@jest/globals';
import { reportPage } from './page.ts';
import { PICTURES, picturesOf } from './pictures.ts';
import { agentReport, secondsInPlay, writeReport } from './report.ts';
import { about, game, reportOf } from './testing/reports.ts';

const HOSTILE = 'a|b <script>`x`\n[y](z)';
const report = reportOf([
  agentReport(about('better'), [
    game(2, { score: 30, character: 'Tou-Hum-Mal-Neu', death: 'killed by a soldier ant', deepestLevel: 3 }),
    game(0, { score: 10 }),
    game(1, { score: 20, verdict: 'crashed', endReason: 'agent', death: null }),
  ]),
  agentReport(about(HOSTILE, { kind: 'neural' }), [game(0, { score: 0, death: 'killed by a |', steps: 0 })]),
]);

/** The tables of a page: lines of cells. */
function tables(page: string): string[][][] {
  const found: string[][][] = [];
  let open: string[][] | null = null;
  for (const line of page.split('\n')) {
    if (!line.startsWith('|')) {
      open = null;
      continue;
    }
    if (open === null) found.push((open = []));
    open.push(
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  }
  return found;
}

describe('a report', () => {
  it('comes back from its JSON, a line a game', () => {
    const text = writeReport(report);
    expect(JSON.parse(text)).toEqual(report);
    expect(text.split('\n').filter((line) => line.includes('"digest"'))).toHaveLength(4);
  });

  it('has each game’s seeds, in the order of the games', () => {
    expect(report.agents[0]?.games.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(report.seeds).toHaveLength(3);
    expect(new Set(report.seeds.map(({ core }) => core)).size).toBe(3);
  });

  it('counts only the time in which games were in play', () => {
    const at = (from: number, to: number) =>
      game(0, {
        startedAt: new Date(from * 1000).toISOString(),
        finishedAt: new Date(to * 1000).toISOString(),
      });
    expect(secondsInPlay([])).toBe(0);
    expect(secondsInPlay([at(100, 110), at(0, 10), at(5, 7), at(9, 12)])).toBe(22);
  });
});

describe('its page', () => {
  const page = reportPage(report, 'pictures', 'report.json');
  const found = tables(page);

  it('has a line an agent with its figures', () => {
    const [title = [], rule = [], ...rows] = found[0] ?? [];
    expect(rule.every((cell) => /^-+:?$/.test(cell))).toBe(true);
    const figures = Object.fromEntries(title.map((name, i) => [name, rows[0]?.[i]]));
    expect(figures).toMatchObject({
      ...{ agent: 'better', games: '3', 'median score (95 %)': '20 (10–30)', 'mean score': '20' },
      ...{ deepest: '3', 'lost to faults': '1' },
    });
    expect(rows).toHaveLength(2);
  });

  it('has tables with as many cells in each line, whatever names and deaths hold', () => {
    expect(found.length).toBeGreaterThanOrEqual(6);
    for (const table of found) expect(new Set(table.map((line) => line.length)).size).toBe(1);
    expect(page).not.toContain('<script>');
  });

  it('has roles, causes, verdicts, seeds, engine and digests', () => {
    expect(found.some(([title]) => title?.[0] === 'role')).toBe(true);
    const causes = found.find(([title]) => title?.[0] === 'better');
    expect(causes?.slice(2).map(([cause, games]) => [cause, games])).toEqual([
      ['agent', '1'],
      ['newt', '1'],
      ['soldier ant', '1'],
    ]);
    for (const words of ['crashed 1', 'e'.repeat(64), 'a'.repeat(64), '`tournament`', '2026-01-01'])
      expect(page).toContain(words);
  });

  it('shows every picture there is, and no other', () => {
    const linked = [...page.matchAll(/!\[[^\]]+\]\(pictures\/([a-z]+)\.svg\)/g)].map(([, name]) => name);
    expect(linked.sort()).toEqual([...PICTURES].sort());
    expect(Object.keys(picturesOf(report.agents)).sort()).toEqual([...PICTURES].sort());
    for (const svg of Object.values(picturesOf(report.agents))) expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
  });
});
