/** A worker that cannot run agents any more leaves service, says so where the API's health page reads it, and comes back. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkerHealth } from '@arena/contracts';
import { WorkerRepository } from '@arena/persistence';
import { LIMITS } from '@arena/persistence/testing';
import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Workshop, openMachine, type Machine } from './testing/workshop.ts';
import type { WorkerService } from './worker.service.ts';

const limits = { ...LIMITS, maxSteps: 5, startTimeoutMs: 60_000, stepTimeoutMs: 60_000, timeBankMs: 600_000 };
const SEARCHES = `export function createAgent() { return { act: () => 115 }; }`;

let folder: string;
let stage: string;
let machine: Machine;
let shop: Workshop;
let service: WorkerService;
beforeAll(() => {
  Logger.overrideLogger(false);
  folder = mkdtempSync(join(tmpdir(), 'arena-service-test-'));
  chmodSync(folder, 0o755);
  stage = join(folder, 'stage');
});
// A worker that stops puts its sandboxes' files away.
beforeEach(async () => {
  machine = await openMachine(3_972_000, stage);
  for (const name of ['python', 'onnx', 'wasm']) machine.host.withdraw(name, 'not in this test');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
async function open(cache?: string): Promise<void> {
  shop = await Workshop.open(machine, 1, limits, cache);
  service = await shop.service(200);
  await service.start();
}
afterEach(async () => {
  await service.stop();
  await shop.close();
});

async function health(until: (worker: WorkerHealth) => boolean): Promise<WorkerHealth> {
  for (;;) {
    const [worker] = await new WorkerRepository(shop.database.dataSource).alive();
    if (worker !== undefined && until(worker)) return worker;
    await delay(50);
  }
}

/** Over what the worker has made anew since, and may be making this moment. */
async function putBack(elsewhere: string): Promise<void> {
  while (existsSync(elsewhere)) {
    rmSync(stage, { recursive: true, force: true });
    try {
      renameSync(elsewhere, stage);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
      await delay(1);
    }
  }
}

it('leaves service after three failures in a row, and plays what waited once it can again', async () => {
  await open();
  const elsewhere = join(folder, 'gone');
  // What sandboxes are made of is gone, as where somebody clears the folder of temporary files.
  renameSync(stage, elsewhere);
  const id = await shop.submit(SEARCHES);
  const { missing } = await health(({ runtimes }) => runtimes.length === 0);
  const reason = missing.find(({ runtime }) => runtime === 'node')?.reason;
  expect(reason).toMatch(/^out of service: 3 failures in a row, the last: .+; and now: /);
  expect(missing).toContainEqual({ runtime: 'python', reason: 'not in this test' });
  const before = (await shop.submissions.find(id))?.evaluation;
  expect(before).toMatchObject({ state: 'queued', gamesDone: 0 });

  await putBack(elsewhere);
  await health(({ runtimes }) => runtimes.includes('node'));
  while ((await shop.submissions.find(id))?.evaluation.state !== 'finished') await delay(50);
  const [game] = await shop.gamesOf(id);
  expect(game).toMatchObject({ verdict: 'ok', steps: 5 });
  const [row] = await shop.database.dataSource.query<{ sandbox: string; limits: unknown }[]>(
    'SELECT "sandbox", "limits" FROM "game"',
  );
  // With each score, what held the agent in and under which limits.
  expect(row).toEqual({ sandbox: machine.host.sandbox.description, limits });
}, 180_000);

/** A file system of two MiB on which there is no room. */
function mountFull(on: string): void {
  mkdirSync(on);
  const options = ['-t', 'tmpfs', '-o', 'size=2m,mode=755', 'none', on];
  expect(spawnSync('mount', options).status).toBe(0);
  expect(() => {
    writeFileSync(join(on, 'filler'), Buffer.alloc(4 * 2 ** 20));
  }).toThrow('ENOSPC');
}

/** Whether this user may make file systems; else the test is skipped, and says so whatever the reporter shows. */
function canMount(): boolean {
  const on = mkdtempSync(join(tmpdir(), 'arena-mount-test-'));
  const can = spawnSync('mount', ['-t', 'tmpfs', 'none', on]).status === 0;
  if (can) spawnSync('umount', ['--lazy', on]);
  else process.stderr.write('skipped, since it needs a user who may mount: a worker whose disk is full\n');
  rmSync(on, { recursive: true });
  return can;
}

(canMount() ? describe : describe.skip)('a worker whose disk is full', () => {
  it('takes no more, says why, and plays on when there is room, without a try used up', async () => {
    const cache = join(folder, 'full');
    mountFull(cache);
    try {
      await open(cache);
      const id = await shop.submit(SEARCHES);
      const { missing } = await health(({ runtimes }) => runtimes.length === 0);
      expect(missing.find(({ runtime }) => runtime === 'node')?.reason).toMatch(
        /^out of service: nothing can be written to the folder of unpacked agents \(ARENA_CACHE_DIR\): ENOSPC.* Make room there/,
      );
      rmSync(join(cache, 'filler'));
      while ((await shop.submissions.find(id))?.evaluation.state !== 'finished') await delay(50);
      expect(await shop.gamesOf(id)).toMatchObject([{ verdict: 'ok', steps: 5 }]);
      const [job] = await shop.database.dataSource.query<{ leases: number; faults: number | null }[]>(
        `SELECT "retry_count" + 1 AS leases, ("data"->>'faults')::int AS faults FROM pgboss.job WHERE "name" = 'shards/node'`,
      );
      expect(job?.leases).toBeGreaterThan(1);
      expect(job?.faults).toBeNull();
    } finally {
      spawnSync('umount', ['--lazy', cache]);
    }
  }, 120_000);
});
