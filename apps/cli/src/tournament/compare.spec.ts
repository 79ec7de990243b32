import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareReports, comparisonText, readReport, requireSameRules } from './compare.ts';
import { agentReport, writeReport, type TournamentGame } from './report.ts';
import { about, game, reportOf } from './testing/reports.ts';

const games = [0, 1, 2, 3].map((index) => game(index));
const before = reportOf([agentReport(about('x'), games)]);
const changed = (index: number, figures: Partial<TournamentGame>) =>
  reportOf([
    agentReport(
      about('x'),
      games.map((one) => (one.index === index ? { ...one, ...figures } : one)),
    ),
  ]);

describe('games played again', () => {
  it('are the same whatever time they took', () => {
    const after = changed(1, { agentTimeMs: 99, gameTimeMs: 99, startedAt: '2030-01-01T00:00:00.000Z' });
    expect(compareReports(before, after)).toEqual([
      { agent: 'x', state: 'same', games: 4, differences: [], note: '' },
    ]);
    expect(comparisonText(compareReports(before, after))).toBe('x: 4 games played again, all the same');
  });

  it.each<[keyof TournamentGame, unknown]>([
    ['score', 7],
    ['turns', 7],
    ['steps', 7],
    ['digest', 'f'.repeat(64)],
    ['verdict', 'crashed'],
    ['death', null],
    ['character', 'Tou-Hum-Mal-Neu'],
  ])('differ by %s', (field, value) => {
    const [found] = compareReports(before, changed(2, { [field]: value }));
    expect(found).toMatchObject({
      state: 'different',
      games: 4,
      differences: [{ index: 2, field, after: value }],
    });
    expect(comparisonText(compareReports(before, changed(2, { [field]: value })))).toContain(
      `game 2: ${field} was`,
    );
  });

  it('are compared as far as both have them', () => {
    const some = reportOf([agentReport(about('x'), games.slice(2))]);
    expect(compareReports(before, some)).toMatchObject([{ state: 'same', games: 2 }]);
    expect(compareReports(some, reportOf([agentReport(about('x'), games.slice(0, 2))]))).toMatchObject([
      { state: 'no game in both', games: 0 },
    ]);
  });

  it('are not compared between versions or engines, nor for an agent that was not there', () => {
    const other = reportOf([agentReport(about('x', { version: '2.0.0', sha256: 'b'.repeat(64) }), games)]);
    expect(compareReports(before, other)).toMatchObject([
      { state: 'another version', games: 0, note: '1.0.0 (aaaaaaaaaaaa) → 2.0.0 (bbbbbbbbbbbb)' },
    ]);
    const engine = { ...before, settings: { ...before.settings, engineId: 'd'.repeat(64) } };
    expect(compareReports(before, engine)).toMatchObject([{ state: 'another engine', games: 0 }]);
    const stranger = reportOf([agentReport(about('y'), games)]);
    expect(compareReports(before, stranger)).toMatchObject([{ agent: 'y', state: 'not in the report' }]);
  });

  it('need the same rules', () => {
    const { settings } = before;
    expect(() => {
      requireSameRules(settings, { ...settings, games: 9, engineId: 'x' });
    }).not.toThrow();
    for (const other of [{ seeds: 'others' }, { clock: 0 }, { limits: { ...settings.limits, maxSteps: 1 } }])
      expect(() => {
        requireSameRules(settings, { ...settings, ...other });
      }).toThrow(/other rules/);
  });
});

describe('a report to compare with', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'arena-compare-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is read as it was written', async () => {
    const path = join(folder, 'report.json');
    await writeFile(path, writeReport(before));
    expect(await readReport(path)).toEqual(before);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '7',
    '{"format":0}',
    '{"format":1}',
    '{"format":1,"settings":{},"agents":{}}',
  ])('is refused if it is %j', async (text) => {
    const path = join(folder, 'other.json');
    await writeFile(path, text);
    await expect(readReport(path)).rejects.toThrow(/report\.json/);
  });
});
