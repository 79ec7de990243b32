/**
 * The report in docs/: its figures are those of its games, its promises kept. Whether it belongs to today's engine and agents is
 * for `npm run release:check`, since a tournament takes an hour.
 */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { boundsOf, PROMISED_GAMES } from './bounds.ts';
import { reportPage } from './page.ts';
import { agentReport, type TournamentReport } from './report.ts';
import { DOCS } from './write.ts';

describe('the committed report', () => {
  let report: TournamentReport;
  beforeAll(async () => {
    report = JSON.parse(await readFile(DOCS.json, 'utf8')) as TournamentReport;
  });

  it('says which engine and which agents it is of', () => {
    expect(report.settings.engineId).toMatch(/^[0-9a-f]{64}$/);
    for (const { sha256 } of report.agents) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(report.agents.map(({ name }) => name)).size).toBe(report.agents.length);
  });

  it('has the figures of its games, and all promises are kept', () => {
    expect(report.settings.games).toBe(PROMISED_GAMES);
    for (const { performance, usage, seconds, games, ...about } of report.agents) {
      expect(games.map(({ index }) => index)).toEqual(Array.from({ length: PROMISED_GAMES }, (_, i) => i));
      expect(JSON.parse(JSON.stringify(agentReport(about, games)))).toEqual({
        ...about,
        ...{ performance, usage, seconds, games },
      });
    }
    expect(report.bounds).toEqual(boundsOf(report.agents));
    expect(report.bounds.filter(({ kept }) => !kept)).toEqual([]);
  });

  it('is the page that people read', async () => {
    const page = await readFile(DOCS.page, 'utf8');
    expect(page).toBe(reportPage(report, DOCS.links.images, DOCS.links.json));
  });
});
