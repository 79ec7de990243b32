import { WorkerRepository } from '@arena/persistence';
import { openTestDatabase, workerCard, type TestDatabase } from '@arena/persistence/testing';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { Presence } from './presence.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

it("a worker's heartbeat tells the faults of its sandboxes, which outlive the worker", async () => {
  const workers = new WorkerRepository(database.dataSource);
  const at = Date.now();
  const faults = [{ at, kind: 'not_ended' as const, message: 'processes are left' }];
  const presence = new Presence(workers, database.dataSource, await database.queue(), () => faults);
  await presence.start(workerCard({ name: 'one' }));
  while ((await workers.faults()).length === 0) await delay(100);
  await presence.stop();
  expect(await workers.faults()).toEqual([
    { worker: 'one', at: new Date(at).toISOString(), kind: 'not_ended', message: 'processes are left' },
  ]);
});
