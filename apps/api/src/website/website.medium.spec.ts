import type { ErrorView, SubmissionView } from '@arena/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentArchive, startServer, type TestServer } from '../testing/server.ts';
import { Pages } from './pages.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';
let server: TestServer;
let folder: string;
let submission: SubmissionView;
let gameId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'website-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<title>Arena</title>');
  server = await startServer({ webDir: folder });
  await server.openCompetition('demo', 40);
  submission = (await (await server.upload('demo', await agentArchive())).json()) as SubmissionView;
  const games = await server.get(`/api/submissions/${submission.id}/games`);
  gameId = ((await games.json()) as { games: { id: string }[] }).games[0]?.id ?? '';
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const status = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(server.address + path, { redirect: 'manual', ...init });
  return [response.status, (await response.text()).includes('<title>Arena</title>')];
};

describe('an address of the website', () => {
  it('that names something is a page with status 200', async () => {
    for (const path of [
      '/',
      '/?x=1',
      '/competitions/demo',
      '/competitions/demo/',
      '/Competitions/demo',
      `/submissions/${submission.id}`,
      `/agents/${submission.id}`,
      `/games/${gameId}`,
      `/games/${gameId.toUpperCase()}`,
    ])
      expect([path, ...(await status(path))]).toEqual([path, 200, true]);
  });

  it.each([
    '/what/ever',
    '/board',
    '/index.php',
    '/favicon.ico',
    '/competitions',
    '/competitions/none',
    '/competitions/NO%20WAY',
    '/competitions/%E0%A4%A',
    '/competitions/demo/more',
    '/games/zzz',
    `/games/${NOBODY}`,
    `/agents/${NOBODY}`,
    `/submissions/${NOBODY}`,
    "/games/'; DROP TABLE game; --",
    '/games/%00',
  ])('%s that names nothing is a page with status 404', async (path) => {
    expect(await status(path)).toEqual([404, true]);
    // A part of a page would be a 206.
    expect(await status(path, { headers: { range: 'bytes=0-' } })).toEqual([404, true]);
  });

  it.each(['/healthz/no', '/metrics/no', '/assets/old-build.js', '/api/none', '/engine/none', '/assets'])(
    '%s that names nothing is an error and no page',
    async (path) => {
      const response = await server.get(path);
      expect([response.status, typeof ((await response.json()) as ErrorView).code]).toEqual([404, 'string']);
    },
  );

  it.each(['/healthz', '/metrics'])('%s is never the website', async (path) => {
    const response = await server.get(path);
    expect(await response.text()).not.toContain('<title>');
  });

  it('is a page while the database does not answer: the page says what is wrong', async () => {
    const broken = {
      find: () => Promise.reject(new Error('down')),
      exists: () => new Promise(() => undefined),
    };
    const pages = new Pages(broken as never, broken as never, { row: broken.find } as never);
    expect(await pages.has('/competitions/demo')).toBe(true);
    expect(await pages.has(`/games/${NOBODY}`)).toBe(true);
    expect(await pages.has(`/agents/${NOBODY}`)).toBe(true);
    expect(await pages.has('/games/zzz')).toBe(false);
  });
});

describe('an answer of the API', () => {
  const asked = (path: string, encoding: string) =>
    fetch(server.address + path, { headers: { 'accept-encoding': encoding } });

  it('is compressed from 1 kB on, as the client likes it', async () => {
    const path = `/api/submissions/${submission.id}/games`;
    for (const [accepted, encoding] of [
      ['gzip, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', null],
      ['gzip;q=0', null],
    ] as const) {
      const response = await asked(path, accepted);
      expect([accepted, response.headers.get('content-encoding')]).toEqual([accepted, encoding]);
      expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
      expect(((await response.json()) as { games: unknown[] }).games).toHaveLength(40);
    }
    const short = await asked('/api/competitions', 'gzip');
    expect(short.headers.get('content-encoding')).toBeNull();
  });

  it('of the documentation’s script is compressed: 1.4 MB otherwise', async () => {
    const response = await asked('/api/docs/swagger-ui-bundle.js', 'br');
    expect([response.status, response.headers.get('content-encoding')]).toEqual([200, 'br']);
    expect((await response.text()).length).toBeGreaterThan(1_000_000);
    const part = await fetch(`${server.address}/api/docs/swagger-ui-bundle.js`, {
      headers: { 'accept-encoding': 'br', range: 'bytes=0-1999' },
    });
    expect([part.status, part.headers.get('content-encoding'), (await part.text()).length]).toEqual([
      206,
      null,
      2000,
    ]);
  });
});
