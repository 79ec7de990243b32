import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { noise, pack, REFUSALS } from '@arena/archive/testing';
import type { ErrorView, SubmissionView } from '@arena/contracts';
import { workerCard } from '@arena/persistence/testing';
import { request } from 'node:http';
import { ADMIN_TOKEN, agentArchive, MANIFEST, startServer, type TestServer } from '../testing/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  await server.openCompetition('open');
});

afterAll(() => server.close());

async function counts(): Promise<unknown> {
  const [row] = await server.database.dataSource.query<unknown[]>(
    `SELECT (SELECT count(*) FROM "archive") AS archives, (SELECT count(*) FROM "submission") AS submissions,
       (SELECT count(*) FROM "evaluation") AS evaluations, (SELECT count(*) FROM "game") AS games,
       (SELECT count(*) FROM "board_row") AS rows, (SELECT count(*) FROM pgboss.job WHERE name = 'shards/node') AS jobs`,
  );
  return row;
}

describe('a good upload', () => {
  it('becomes a submission with its evaluation waiting, and appears on the board', async () => {
    const response = await server.upload('open', await agentArchive({ name: 'good', description: 'Plays.' }));
    expect(response.status).toBe(201);
    const submission = (await response.json()) as SubmissionView;
    expect(response.headers.get('location')).toBe(`/api/submissions/${submission.id}`);
    expect(submission).toMatchObject({
      competition: 'open',
      agentName: 'good',
      agentVersion: '1.0.0',
      kind: 'symbolic',
      description: 'Plays.',
      authors: ['A. Tester'],
      evaluation: {
        state: 'queued',
        gamesDone: 0,
        gamesTotal: 2,
        reason: null,
        board: { rank: null, gamesDone: 0 },
      },
    });
    expect(await (await server.get(`/api/submissions/${submission.id}`)).json()).toEqual(submission);
    const page = await (await server.get(`/api/submissions/${submission.id}/games?offset=1&limit=5`)).json();
    expect(page).toMatchObject({ total: 2, offset: 1, games: [{ index: 1, state: 'pending', score: null }] });
  });

  it('for a runtime that no worker offers is taken, with that word', async () => {
    const worker = workerCard({ runtimes: ['node'], missingRuntimes: { python: 'no numpy' } });
    await server.workers.register(worker);
    const archive = await agentArchive({ name: 'snake', runtime: 'python', entry: 'main.py' }, [
      { name: 'main.py', content: 'pass' },
    ]);
    const response = await server.upload('open', archive);
    expect(response.status).toBe(201);
    const { id, evaluation } = (await response.json()) as SubmissionView;
    expect(evaluation).toMatchObject({ state: 'queued' });
    expect(evaluation.obstacle).toMatch(/^No worker at present offers the runtime python; offered are: node/);
    expect(await (await server.get('/api/health')).json()).toMatchObject({
      workers: [{ runtimes: ['node'], missing: [{ runtime: 'python', reason: 'no numpy' }] }],
    });
    await server.workers.stop(worker.id);
    const later = (await (await server.get(`/api/submissions/${id}`)).json()) as SubmissionView;
    expect(later.evaluation.obstacle).toMatch(/^No worker is running at present/);
  });

  it('of 2021 needs no arena.json', async () => {
    const aicrowd = {
      challenge_id: 'neurips-2021-the-nethack-challenge',
      authors: ['Ada'],
      tags: ['neural'],
    };
    const archive = await pack([
      { name: './aicrowd.json', content: JSON.stringify(aicrowd) },
      { name: './submission_config.py', content: 'class SubmissionConfig: pass' },
    ]);
    const response = await server.upload('open', archive);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      ...{ agentName: "Ada's agent of 2021", kind: 'neural', authors: ['Ada'] },
    });
  });

  it('tells how many games of others come first', async () => {
    await server.openCompetition('line', 3);
    const views: SubmissionView[] = [];
    for (const name of ['first', 'second', 'third']) {
      views.push(
        (await (await server.upload('line', await agentArchive({ name }))).json()) as SubmissionView,
      );
    }
    const ahead = views.map((view) => view.evaluation.gamesAhead ?? -1);
    expect([(ahead[1] ?? 0) - (ahead[0] ?? 0), (ahead[2] ?? 0) - (ahead[1] ?? 0)]).toEqual([3, 3]);
  });

  it('is refused the second time, with the place of the first', async () => {
    const archive = await agentArchive({ name: 'twice' });
    const first = (await (await server.upload('open', archive)).json()) as SubmissionView;
    const again = await server.upload('open', archive);
    expect(again.status).toBe(409);
    expect(again.headers.get('location')).toBe(`/api/submissions/${first.id}`);
    expect(await again.json()).toMatchObject({ code: 'submission_duplicate' });
  });
});

describe('a bad upload is refused, and leaves nothing behind', () => {
  let before: unknown;

  beforeEach(async () => {
    before = await counts();
  });

  async function refused(response: Response, status: number, code: string): Promise<ErrorView> {
    const body = (await response.json()) as ErrorView;
    expect([response.status, body.code]).toEqual([status, code]);
    expect(body.message.length).toBeGreaterThan(20);
    expect(await counts()).toEqual(before);
    return body;
  }

  it.each(REFUSALS.map(({ name, code, make }) => [name, code, make] as const))(
    '%s: %s',
    async (_name, code, make) => {
      const archive = await make();
      // The competition's small limit cuts in first for what is large on the wire.
      await refused(await server.upload('open', archive), 422, code);
    },
  );

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['kind', { kind: 'magic' }, /kind: .*magic.*neural, symbolic, hybrid/],
    ['runtime', { runtime: 'fortran' }, /runtime/],
    ['name', { name: 'a\u202Eb' }, /name/],
    ['unknown field', { autor: 'x' }, /autor/],
    ['games at once', { gamesAtOnce: 1000 }, /gamesAtOnce/],
  ])('a manifest with a wrong %s', async (_name, change, message) => {
    const body = await refused(
      await server.upload('open', await agentArchive(change)),
      422,
      'manifest_invalid',
    );
    expect(body.message).toMatch(message);
  });

  it('a manifest that is no JSON', async () => {
    const archive = await pack([{ name: 'arena.json', content: '{name: }' }]);
    await refused(await server.upload('open', archive), 422, 'manifest_invalid');
  });

  it.each(['missing.js', 'lib'])('an entry that is no file: %s', async (entry) => {
    const archive = await agentArchive({ entry }, [{ name: 'lib/', type: 'directory' }]);
    await refused(await server.upload('open', archive), 422, 'manifest_entry_missing');
  });

  it('a body that announces too much', async () => {
    await refused(await server.upload('open', noise(2 ** 20 + 1)), 413, 'archive_too_large');
  });

  it('a body that announces nothing and goes on and on', async () => {
    const big = await agentArchive({}, [{ name: 'model.bin', content: noise(8 * 2 ** 20) }]);
    const answer = await new Promise<{ status: number; body: string; sent: number }>((resolve, reject) => {
      const url = new URL(`${server.address}/api/competitions/open/submissions`);
      const headers = { 'Content-Type': 'application/gzip', Authorization: `Bearer ${ADMIN_TOKEN}` };
      const outgoing = request(url, { method: 'POST', headers }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body, sent: big.length });
        });
      });
      outgoing.on('error', reject);
      for (let from = 0; from < big.length; from += 65_536) outgoing.write(big.subarray(from, from + 65_536));
      outgoing.end();
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'archive_too_large' });
    expect(await counts()).toEqual(before);
  });

  it('a sender that goes away half-way', async () => {
    const big = await agentArchive({}, [{ name: 'model.bin', content: noise(2 ** 19) }]);
    await new Promise<void>((resolve) => {
      const url = new URL(`${server.address}/api/competitions/open/submissions`);
      const headers = {
        'Content-Type': 'application/gzip',
        'Content-Length': big.length,
        Authorization: `Bearer ${ADMIN_TOKEN}`,
      };
      const outgoing = request(url, { method: 'POST', headers });
      outgoing.on('error', () => undefined);
      outgoing.on('close', resolve);
      outgoing.write(big.subarray(0, big.length - 1000), () => outgoing.destroy());
    });
    // The next answer shows that the server lives, and is given after the lost one was dealt with.
    await refused(await server.upload('open', Buffer.from('x')), 422, 'archive_truncated');
  });

  it('a form', async () => {
    const response = await server.upload('open', await agentArchive(), {
      'Content-Type': 'multipart/form-data; boundary=x',
    });
    await refused(response, 415, 'unsupported_media_type');
  });

  it('no competition', async () => {
    await refused(await server.upload('nowhere', await agentArchive()), 404, 'competition_not_found');
  });

  it.each([
    ['no token', '', 401, 'unauthorized'],
    ['another token', 'Bearer token-of-somebody-else', 403, 'forbidden'],
    ['another scheme', `Basic ${ADMIN_TOKEN}`, 401, 'unauthorized'],
  ])('%s', async (_name, authorization, status, code) => {
    await refused(
      await server.upload('open', await agentArchive(), { Authorization: authorization }),
      status,
      code,
    );
  });
});

describe('who may submit', () => {
  it('anybody where submissions are open, and nobody without a token set up', async () => {
    const open = await startServer({ openSubmissions: true, adminToken: null });
    try {
      await open.openCompetition('open');
      expect((await open.upload('open', await agentArchive(), { Authorization: '' })).status).toBe(201);
      const put = await fetch(`${open.address}/api/competitions/other`, {
        method: 'PUT',
        headers: { Authorization: 'Bearer null' },
      });
      expect(put.status).toBe(403);
    } finally {
      await open.close();
    }
  });
});

it('stores the manifest as it was checked', async () => {
  const view = (await (
    await server.upload('open', await agentArchive({ name: 'stored' }))
  ).json()) as SubmissionView;
  const [row] = await server.database.dataSource.query<{ manifest: unknown; protocol_version: number }[]>(
    'SELECT "manifest", "protocol_version" FROM "submission" WHERE "id" = $1',
    [view.id],
  );
  expect(row?.manifest).toEqual({ ...MANIFEST, name: 'stored' });
  expect(row?.protocol_version).toBeGreaterThanOrEqual(1);
});
