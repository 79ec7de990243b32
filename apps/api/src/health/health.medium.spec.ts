/** The health page tells what fails, within its own deadline. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HealthView } from '@arena/contracts';
import { workerCard } from '@arena/persistence/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEFAULT_VISITOR_LIMITS } from '../config/limits.ts';
import { startServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-health-'));
  server = await startServer({ visitors: { ...DEFAULT_VISITOR_LIMITS, spoolDir: folder } });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Asks until the answer fits: what was found is kept for two seconds. */
async function health(until: (view: HealthView) => boolean): Promise<[number, HealthView]> {
  for (;;) {
    const response = await server.get('/api/health');
    const view = (await response.json()) as HealthView;
    if (until(view)) return [response.status, view];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const failed = (view: HealthView): string[] => view.checks.filter(({ ok }) => !ok).map(({ name }) => name);

it('names lost workers, and not those that stopped; the arena stays well', async () => {
  const [silent, swept, stopped] = [
    workerCard({ name: 'silent' }),
    workerCard({ name: 'swept' }),
    workerCard({ name: 'stopped' }),
  ];
  for (const card of [silent, swept, stopped]) await server.workers.register(card);
  const long = `clock_timestamp() - interval '1 minute'`;
  const { dataSource } = server.database;
  await dataSource.query(`UPDATE "worker" SET "last_seen" = ${long} WHERE "id" IN ($1, $2)`, [
    silent.id,
    swept.id,
  ]);
  await server.workers.stop(swept.id);
  await server.workers.stop(stopped.id);
  const [status, view] = await health(({ lostWorkers }) => lostWorkers.length > 0);
  expect([status, view.ok]).toEqual([200, true]);
  expect(view.lostWorkers.map(({ name }) => name).sort()).toEqual(['silent', 'swept']);
});

it("shows a worker's faults for a day, and fails for five minutes after each", async () => {
  const card = workerCard({ name: 'with-faults' });
  await server.workers.register(card);
  const fault = (minutes: number) => ({
    at: new Date(Date.now() - minutes * 60_000).toISOString(),
    ...{ kind: 'not_ended', message: `processes are left after ${minutes} minutes` },
  });
  await server.workers.tellFaults(card.id, [fault(1500), fault(6)]);
  const [status, view] = await health(({ faults }) => faults.length > 0);
  expect(view.faults).toEqual([{ worker: 'with-faults', ...fault(6), at: expect.any(String) }]);
  expect([status, view.ok]).toEqual([200, true]);
  await server.workers.tellFaults(card.id, [fault(6), fault(1)]);
  const [later, failing] = await health(({ ok }) => !ok);
  expect([later, failed(failing)]).toEqual([503, ['sandboxes']]);
  expect(failing.checks[3]?.message).toBe('On the worker with-faults: processes are left after 1 minutes');
  await server.workers.tellFaults(card.id, []);
  await health(({ ok }) => ok);
});

it('shows shards that wait for long though a worker offers their runtime', async () => {
  const { dataSource } = server.database;
  for (const runtime of ['node', 'of-nobody'])
    await dataSource.query(`SELECT pgboss.create_queue($1, '{"policy":"standard"}')`, [`shards/${runtime}`]);
  for (const [runtime, minutes] of [
    ['node', 14],
    ['of-nobody', 60],
  ] as const)
    await dataSource.query(
      `INSERT INTO pgboss.job (name, start_after) VALUES ($1, now() - $2 * interval '1 minute')`,
      [`shards/${runtime}`, minutes],
    );
  await server.workers.register(workerCard());
  expect((await health(({ queue }) => queue.shardsWaiting === 2))[1].longWaits).toEqual([]);
  await dataSource.query(`UPDATE pgboss.job SET start_after = start_after - interval '2 minutes'`);
  const [status, view] = await health(({ longWaits }) => longWaits.length > 0);
  expect(view.longWaits).toMatchObject([{ runtime: 'node', shards: 1 }]);
  expect(view.longWaits[0]?.seconds).toBeGreaterThanOrEqual(960);
  expect([status, view.ok]).toEqual([200, true]);
  await dataSource.query('DELETE FROM pgboss.job');
});

it('says that the database hangs while it does, and is well afterwards', async () => {
  const runner = server.database.dataSource.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query('LOCK TABLE "worker" IN ACCESS EXCLUSIVE MODE');
    const [status, view] = await health(({ ok }) => !ok);
    expect([status, view.database.ok, failed(view)]).toEqual([503, false, ['database']]);
    expect(view.checks[0]?.message).toMatch(/no answer within 2 s.*DATABASE_URL/);
    expect((await server.get('/healthz')).status).toBe(200);
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
  expect((await health(({ ok }) => ok))[0]).toBe(200);
});

it('leaves no table of its own in the database', async () => {
  await health(({ ok }) => ok);
  const tables: unknown = await server.database.dataSource.query(
    `SELECT 1 FROM pg_class WHERE relname LIKE 'health_probe%'`,
  );
  expect(tables).toEqual([]);
});

it('says that uploads cannot be kept', async () => {
  await rm(folder, { recursive: true });
  const [status, view] = await health(({ ok }) => !ok);
  expect([status, failed(view)]).toEqual([503, ['upload folder']]);
  expect(view.checks[2]?.message).toMatch(/ENOENT.*ARENA_SPOOL_DIR/);
  expect(view.checks[2]?.message).not.toContain(folder);
});
