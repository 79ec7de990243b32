/** A PostgreSQL that stands still, and disks without room: what visitors and the health page hear, and that all is well afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorView, HealthView } from '@arena/contracts';
import { noise } from '@arena/archive/testing';
import {
  canMount,
  fillDisk,
  freeDisk,
  mountSmall,
  openOwnServer,
  remount,
  unmount,
  type OwnServer,
} from '@arena/persistence/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { DEFAULT_VISITOR_LIMITS } from '../config/limits.ts';
import { agentArchive, startServer, type TestServer } from '../testing/server.ts';

const SPOOL_MIB = 2;
const hasDisks = canMount('an API whose disk is full');
const onDisks = hasDisks ? it : it.skip;

let postgres: OwnServer;
let server: TestServer;
let spool: string;

beforeAll(async () => {
  postgres = await openOwnServer();
  spool = await mkdtemp(join(tmpdir(), 'arena-spool-'));
  if (hasDisks) mountSmall(spool, SPOOL_MIB);
});
// Each test has an API of its own: one keeps for 15 s that the database took a write.
beforeEach(async () => {
  const visitors = { ...DEFAULT_VISITOR_LIMITS, spoolDir: spool };
  server = await startServer({ databaseUrl: postgres.url, visitors });
  await server.openCompetition('open');
});
afterEach(async () => {
  postgres.resume();
  postgres.disk?.free();
  await server.close();
});
afterAll(async () => {
  await postgres.close();
  if (hasDisks) unmount(spool);
  await rm(spool, { recursive: true });
});

async function health(until: (view: HealthView) => boolean): Promise<{ status: number; failed: string[] }> {
  for (;;) {
    const begin = performance.now();
    const response = await server.get('/api/health');
    const view = (await response.json()) as HealthView;
    // Each check has two seconds; the rest is for a busy machine.
    expect(performance.now() - begin).toBeLessThan(10_000);
    if (until(view))
      return { status: response.status, failed: view.checks.filter(({ ok }) => !ok).map(({ name }) => name) };
    await sleep(100);
  }
}
const isWell = ({ ok }: HealthView): boolean => ok;
const isUnwell = ({ ok }: HealthView): boolean => !ok;
const WELL = { status: 200, failed: [] };

async function asked(response: Promise<Response>): Promise<[number, string, boolean]> {
  const { status, headers, ...answer } = await response.then(async (each) => ({
    status: each.status,
    headers: each.headers,
    code: ((await each.json()) as Partial<ErrorView>).code ?? '',
  }));
  return [status, answer.code, Number(headers.get('retry-after')) >= 1];
}
const board = () => server.get('/api/competitions/open/board');
let uploads = 0;
const upload = async () => server.upload('open', await agentArchive({ name: `agent-${++uploads}` }));

describe('a PostgreSQL that stands still', () => {
  it('is a 503 for visitors and told by the health page, and all is well once it goes on', async () => {
    expect((await board()).status).toBe(200);
    postgres.pause();
    try {
      const hung = [asked(board()), asked(upload())];
      expect(await health(isUnwell)).toEqual({ status: 503, failed: ['database', 'database writes'] });
      expect((await server.get('/healthz')).status).toBe(200);
      const answers = await Promise.all(hung);
      expect(answers).toEqual(Array.from(hung, () => [503, 'unavailable', true]));
    } finally {
      postgres.resume();
    }
    expect(await health(isWell)).toEqual(WELL);
    expect([(await board()).status, (await upload()).status]).toEqual([200, 201]);
  });
});

describe('a database that takes no writes', () => {
  /** For the connections that are there and for those to come. */
  const setReadOnly = async (isReadOnly: boolean): Promise<void> => {
    const dataSource = server.application.get(DataSource);
    await dataSource.query(`ALTER SYSTEM SET default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`);
    await dataSource.query('SELECT pg_reload_conf()');
  };

  it('is read, refuses uploads with a 503, and is told by the health page', async () => {
    await setReadOnly(true);
    try {
      expect(await health(isUnwell)).toEqual({ status: 503, failed: ['database writes'] });
      expect(await asked(upload())).toEqual([503, 'unavailable', true]);
      expect((await board()).status).toBe(200);
    } finally {
      await setReadOnly(false);
    }
    expect(await health(isWell)).toEqual(WELL);
    expect((await upload()).status).toBe(201);
  });

  onDisks(
    'since its disk is full is read, refuses uploads with a 503, and takes them once there is room',
    async () => {
      postgres.disk?.fill();
      expect(await health(isUnwell)).toEqual({ status: 503, failed: ['database writes'] });
      const large = await agentArchive({ name: 'large' }, [{ name: 'noise', content: noise(2 ** 19) }]);
      expect(await asked(server.upload('open', large))).toEqual([503, 'unavailable', true]);
      expect((await board()).status).toBe(200);
      postgres.disk?.free();
      expect(await health(isWell)).toEqual(WELL);
      expect((await server.upload('open', large)).status).toBe(201);
    },
  );
});

describe('a folder for uploads', () => {
  const refused = async (): Promise<void> => {
    expect(await health(isUnwell)).toEqual({ status: 503, failed: ['upload folder'] });
    expect(await asked(upload())).toEqual([503, 'spool_failed', true]);
    expect((await board()).status).toBe(200);
  };
  const accepted = async (): Promise<void> => {
    expect(await health(isWell)).toEqual(WELL);
    expect((await upload()).status).toBe(201);
  };

  onDisks('that is full refuses uploads with a 503 and is told by the health page', async () => {
    fillDisk(spool, SPOOL_MIB);
    await refused();
    freeDisk(spool);
    await accepted();
  });

  onDisks('that is read-only does so, too', async () => {
    remount(spool, 'ro');
    await refused();
    remount(spool, 'rw');
    await accepted();
  });
});
