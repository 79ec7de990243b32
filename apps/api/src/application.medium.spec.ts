import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHALLENGE_LIMITS, type ErrorView, type HealthView, type SubmissionView } from '@arena/contracts';
import { competitionSettings, gameReport, LIMITS, workerCard } from '@arena/persistence/testing';
import { EvaluationRepository } from '@arena/persistence';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listRoutes, requirePermissions } from './access/routes.ts';
import { describeApi } from './openapi/document.ts';
import { ADMIN_TOKEN, agentArchive, startServer, type TestServer } from './testing/server.ts';

const ENGINE_ID = 'a'.repeat(64);
let server: TestServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-'));
  const [webDir, engineDir] = [join(folder, 'web'), join(folder, 'engine')];
  await mkdir(join(webDir, 'assets'), { recursive: true });
  await mkdir(engineDir);
  await writeFile(join(webDir, 'index.html'), '<title>Arena</title>');
  await writeFile(join(webDir, 'assets/app-1.js'), 'export {};');
  await writeFile(join(engineDir, 'engine.json'), JSON.stringify({ id: ENGINE_ID }));
  await writeFile(join(engineDir, 'engine.wasm'), Buffer.from('0061736d01000000', 'hex'));
  await writeFile(join(engineDir, 'engine.wasm.stamp'), 'secret');
  server = await startServer({ webDir, engineDir });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const put = (slug: string, body: unknown, token = ADMIN_TOKEN) =>
  fetch(`${server.address}/api/competitions/${slug}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });

const SETTINGS = { name: 'Demo', description: 'A demo.', gamesPerEvaluation: 2, limits: LIMITS };

describe('routes', () => {
  it('name a permission each', () => {
    const routes = listRoutes(server.application);
    expect(routes.length).toBeGreaterThanOrEqual(11);
    expect(() => {
      requirePermissions(server.application);
    }).not.toThrow();
    const writing = routes.filter((route) => route.permission !== 'public').map((route) => route.handler);
    expect(writing.sort()).toEqual([
      'CompetitionsController.put',
      'SubmissionsController.retry',
      'SubmissionsController.submit',
    ]);
  });

  it('are described, with every property of every answer', () => {
    const document = describeApi(server.application, '0');
    expect(Object.keys(document.paths).sort()).toEqual([
      '/api/competitions',
      '/api/competitions/{slug}',
      '/api/competitions/{slug}/board',
      '/api/competitions/{slug}/live',
      '/api/competitions/{slug}/submissions',
      '/api/games/{id}',
      '/api/games/{id}/tape',
      '/api/health',
      '/api/schemas/{name}',
      '/api/submissions/{id}',
      '/api/submissions/{id}/games',
      '/api/submissions/{id}/retry',
    ]);
    for (const [path, item] of Object.entries(document.paths)) {
      for (const operation of [item.get, item.put, item.post]) {
        if (operation) expect([path, operation.summary]).toEqual([path, expect.stringMatching(/./)]);
      }
    }
  });

  it('serve their description', async () => {
    expect((await server.get('/api/docs')).status).toBe(200);
    expect(await (await server.get('/api/docs-json')).json()).toHaveProperty('openapi');
  });

  it('serve the JSON schemas of the contract with agents', async () => {
    const response = await server.get('/api/schemas/arena.json');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/schema+json; charset=utf-8',
    ]);
    const schema = (await response.json()) as { properties: { runtime: { pattern: string } } };
    expect('wasm').toMatch(new RegExp(schema.properties.runtime.pattern));
    for (const name of ['hello', 'ready', 'game-over'])
      expect(await (await server.get(`/api/schemas/${name}`)).json()).toHaveProperty('properties');
    const unknown = await server.get('/api/schemas/act');
    expect([unknown.status, ((await unknown.json()) as ErrorView).message]).toEqual([
      400,
      'name: expected is one of arena.json, hello, ready, game-over; found "act"',
    ]);
  });
});

describe('competitions', () => {
  it('are made and changed by organisers alone', async () => {
    expect((await put('demo', SETTINGS, 'somebody')).status).toBe(403);
    expect((await server.get('/api/competitions/demo')).status).toBe(404);
    expect((await put('demo', SETTINGS)).status).toBe(200);
    const { wallMs, evaluationTimeMs, outputBytesPerGame, openFiles, cpuPercent } = CHALLENGE_LIMITS;
    // What was left out is the challenge's.
    const limits = { ...LIMITS, wallMs, evaluationTimeMs, outputBytesPerGame, openFiles, cpuPercent };
    expect(await (await server.get('/api/competitions')).json()).toEqual([
      { slug: 'demo', ...SETTINGS, limits, screenDescriptions: false },
    ]);
    expect(await (await server.get('/api/competitions/demo/board')).json()).toMatchObject({
      rows: [],
      version: 0,
    });
    expect(await (await server.get('/api/competitions/demo/live')).json()).toEqual([]);
  });

  it.each<[string, unknown, RegExp]>([
    ['bad-games', { ...SETTINGS, gamesPerEvaluation: 0 }, /gamesPerEvaluation/],
    ['bad-limits', { ...SETTINGS, limits: { ...LIMITS, memoryMiB: 'all' } }, /limits\.memoryMiB/],
    ['bad-seed', { ...SETTINGS, masterSeed: 'xyz' }, /masterSeed.*64 hexadecimal/],
    ['more', { ...SETTINGS, prize: 1 }, /prize/],
    ['nothing', undefined, /./],
  ])('refuse %s', async (slug, body, message) => {
    const response = await put(slug, body);
    expect(response.status).toBe(400);
    expect(((await response.json()) as ErrorView).message).toMatch(message);
    expect((await server.get(`/api/competitions/${slug}`)).status).toBe(404);
  });

  it('keep their rules once there are submissions', async () => {
    await put('fixed', SETTINGS);
    await server.upload('fixed', await agentArchive());
    const response = await put('fixed', { ...SETTINGS, gamesPerEvaluation: 3 });
    expect([response.status, ((await response.json()) as ErrorView).code]).toEqual([
      409,
      'competition_in_use',
    ]);
  });
});

describe('games', () => {
  it('are shown while they run, and replayed once they are over', async () => {
    await server.openCompetition('games', 1);
    const submission = (await (
      await server.upload('games', await agentArchive({ name: 'g' }))
    ).json()) as SubmissionView;
    const page = (await (await server.get(`/api/submissions/${submission.id}/games`)).json()) as {
      games: { id: string }[];
    };
    const id = page.games[0]?.id ?? '';
    const early = await server.get(`/api/games/${id}/tape`);
    expect([early.status, ((await early.json()) as ErrorView).code]).toEqual([409, 'game_not_finished']);
    const worker = workerCard();
    await server.workers.register(worker);
    await server.plays.begin(id, worker.id, 'Val-Hum-Fem-Law');
    expect(await (await server.get('/api/competitions/games/live')).json()).toMatchObject([
      { id, state: 'running', agentName: 'g', competition: 'games', character: 'Val-Hum-Fem-Law' },
    ]);
    await server.plays.report(gameReport(id, worker.id, { score: 42, tape: Buffer.from([0x89, 0, 255]) }));
    expect(await (await server.get(`/api/games/${id}`)).json()).toMatchObject({
      state: 'finished',
      score: 42,
      agentTimeMs: 1.5,
      gameTimeMs: 2.5,
      submissionId: submission.id,
      limits: LIMITS,
      xlogfile: { points: '120' },
    });
    const tape = await server.get(`/api/games/${id}/tape`);
    expect([...new Uint8Array(await tape.arrayBuffer())]).toEqual([0x89, 0, 255]);
    expect(tape.headers.get('content-disposition')).toBe(`attachment; filename="${id}.tape"`);
    expect(tape.headers.get('content-type')).toBe('application/octet-stream');
    expect(await (await server.get('/api/competitions/games/board')).json()).toMatchObject({
      version: 3,
      rows: [{ rank: 1, median: 42, state: 'finished' }],
    });
  });

  it('of a failed evaluation are played after all when an organiser says so', async () => {
    await server.openCompetition('failed', 1);
    const submission = (await (await server.upload('failed', await agentArchive())).json()) as SubmissionView;
    await server.application.get(EvaluationRepository).fail(submission.evaluation.id, 'The platform broke.');
    const retry = (token: string) =>
      fetch(`${server.address}/api/submissions/${submission.id}/retry`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}` },
      });
    expect((await retry('somebody')).status).toBe(403);
    expect(await (await retry(ADMIN_TOKEN)).json()).toMatchObject({
      evaluation: { state: 'queued', reason: null },
    });
    expect((await retry(ADMIN_TOKEN)).status).toBe(409);
  });
});

describe('errors', () => {
  it.each([
    ['/api/nothing', 404, 'not_found'],
    ['/api/competitions/none', 404, 'competition_not_found'],
    ['/api/competitions/UPPER', 400, 'bad_request'],
    ['/api/games/1', 400, 'bad_request'],
    ["/api/games/'; DROP TABLE game; --", 400, 'bad_request'],
    ['/api/games/00000000-0000-4000-8000-000000000000', 404, 'game_not_found'],
    ['/api/submissions/00000000-0000-4000-8000-000000000000', 404, 'submission_not_found'],
    ['/api/submissions/00000000-0000-4000-8000-000000000000/games?limit=100000', 400, 'bad_request'],
    ['/api/competitions/%00', 400, 'bad_request'],
    ['/api/competitions/%E0%A4%A', 400, 'bad_request'],
    ['/engine/unknown/engine.wasm', 404, 'engine_not_found'],
  ])('%s is %i %s', async (path, status, code) => {
    const response = await server.get(path);
    expect([response.status, ((await response.json()) as ErrorView).code]).toEqual([status, code]);
  });
});

describe('health', () => {
  it('tells the engine, the queue and the workers', async () => {
    const worker = workerCard({ sandbox: 'bubblewrap 0.8' });
    await server.workers.register(worker);
    const health = (await (await server.get('/api/health')).json()) as HealthView;
    expect(health).toMatchObject({ ok: true, engineId: ENGINE_ID, database: { ok: true } });
    expect(health.workers.find(({ id }) => id === worker.id)?.sandbox).toBe('bubblewrap 0.8');
    expect(health.checks.map(({ name, ok }) => [name, ok])).toEqual([
      ['database', true],
      ['database writes', true],
      ['upload folder', true],
      ['sandboxes', true],
    ]);
  });

  it('is alive at /healthz without the database', async () => {
    const response = await server.get('/healthz');
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
  });
});

describe('files', () => {
  it('of the engine are kept for ever, and only those a browser needs', async () => {
    const wasm = await server.get(`/engine/${ENGINE_ID}/engine.wasm`);
    expect(wasm.headers.get('content-type')).toBe('application/wasm');
    expect(wasm.headers.get('cache-control')).toMatch(/max-age=31536000, immutable/);
    expect((await server.get(`/engine/${ENGINE_ID}/engine.wasm.stamp`)).status).toBe(404);
    expect((await server.get(`/engine/${ENGINE_ID}/../engine.json`)).status).toBe(404);
  });

  it('of the website answer for pages, with headers that keep strangers out', async () => {
    for (const path of ['/', '/games/anything', '/board?x=1']) {
      const response = await server.get(path);
      expect(await response.text()).toContain('<title>Arena</title>');
      expect(response.headers.get('content-security-policy')).toMatch(
        /script-src 'self' 'wasm-unsafe-eval';/,
      );
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('x-powered-by')).toBeNull();
    }
    expect((await server.get('/assets/app-1.js')).headers.get('cache-control')).toMatch(/immutable/);
    expect((await fetch(`${server.address}/`, { method: 'POST' })).status).toBe(404);
    expect(await (await server.get('/%2e%2e/%2e%2e/etc/passwd')).text()).not.toMatch(/root:/);
  });
});

it('keeps a competition’s master seed to itself', async () => {
  const body = await (await put('seeded', { ...SETTINGS, masterSeed: 'ab'.repeat(32) })).text();
  const all =
    body +
    (await (await server.get('/api/competitions')).text()) +
    (await (await server.get('/api/competitions/seeded/board')).text());
  expect(all).not.toMatch(/abab|seed_|masterSeed/);
  expect(competitionSettings().masterSeed).toHaveLength(32);
});
