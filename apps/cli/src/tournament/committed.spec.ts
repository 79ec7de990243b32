/** The report in docs/: of the agents that are in the repository, its figures those of its games, its promises kept. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { baselines, openAgents } from './agents.ts';
import { boundsOf, PROMISED_GAMES } from './bounds.ts';
import { reportPage } from './page.ts';
import { agentReport, type TournamentReport } from './report.ts';
import { DOCS } from './write.ts';

describe('the committed report', () => {
  let report: TournamentReport;
  beforeAll(async () => {
    report = JSON.parse(await readFile(DOCS.json, 'utf8')) as TournamentReport;
  });

  it('is of all baselines as they are now', async () => {
    expect(report.agents.map(({ name }) => name).sort()).toEqual(await baselines());
    const now = new Map((await openAgents(null)).map(({ about }) => [about.name, about.sha256]));
    expect(Object.fromEntries(report.agents.map(({ name, sha256 }) => [name, sha256]))).toEqual(
      Object.fromEntries(now),
    );
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
