/** What the machine or the database does to a worker that plays is nobody's fault: no game and none of the six tries is lost by it. */
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { LIMITS } from '@arena/persistence/testing';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Workshop, openMachine } from './testing/workshop.ts';
import type { WorkerService } from './worker.service.ts';

/** This run's own: another checkout's run must not meet the agents that this one kills. */
const FIRST_UID = 3_990_000 + 16 * (process.pid % 500);
const GAMES = 6;
const STEPS = 100;
const KILLS = 10;
const limits = {
  ...{ ...LIMITS, maxSteps: STEPS, startTimeoutMs: 60_000, stepTimeoutMs: 60_000, timeBankMs: 600_000 },
};
/** Some 0.4 s a game. */
const PATIENT = `const cell = new Int32Array(new SharedArrayBuffer(4));
  export function createAgent() { return { act() { Atomics.wait(cell, 0, 0, 4); return 115; } }; }`;

let shop: Workshop;
let service: WorkerService;
beforeEach(async () => {
  Logger.overrideLogger(false);
  const machine = await openMachine(FIRST_UID);
  for (const name of ['python', 'onnx', 'wasm']) machine.host.withdraw(name, 'not in this test');
  shop = await Workshop.open(machine, GAMES, limits);
  service = await shop.service(200, () => undefined);
  await service.start();
});
afterEach(async () => {
  await service.stop();
  await shop.close();
});

/** The agents' processes that run Node in this file's sandboxes. */
function agents(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const uid = Number(/^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
        const isOurs = uid >= FIRST_UID && uid < FIRST_UID + 16;
        return isOurs && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('/agent');
      } catch {
        return false;
      }
    })
    .map(Number);
}

interface Played {
  seeds: string[];
  running: number;
}
async function games(): Promise<Played> {
  const rows = await shop.database.dataSource.query<{ seeds: string; state: string }[]>(
    `SELECT "core_seed" || '/' || "disp_seed" AS seeds, "state" FROM "game" ORDER BY "game_index"`,
  );
  return {
    seeds: rows.map((row) => row.seeds),
    running: rows.filter(({ state }) => state === 'running').length,
  };
}

/** All games were played to their ends by their own seeds, and no shard has used up a try. */
async function expectNothingLost(submission: string, before: Played): Promise<void> {
  const evaluation = (await shop.submissions.find(submission))?.evaluation;
  expect(evaluation).toMatchObject({ state: 'finished', gamesDone: GAMES, reason: null });
  const rows = await shop.gamesOf(submission);
  expect(rows.map(({ verdict, steps, endReason }) => [verdict, steps, endReason])).toEqual(
    Array.from({ length: GAMES }, () => ['ok', STEPS, 'step_limit']),
  );
  expect((await games()).seeds).toEqual(before.seeds);
  const jobs = await shop.database.dataSource.query<{ faults: number | null }[]>(
    `SELECT ("data"->>'faults')::int AS faults FROM pgboss.job WHERE "name" = 'shards/node'`,
  );
  expect(jobs.length).toBeGreaterThan(0);
  expect(jobs.map(({ faults }) => faults)).toEqual(jobs.map(() => null));
}

async function isFinished(submission: string): Promise<boolean> {
  const state = (await shop.submissions.find(submission))?.evaluation.state;
  return state === 'finished' || state === 'failed';
}

it('ten agents that somebody kills from outside cost no game and no try', async () => {
  const id = await shop.submit(PATIENT);
  const before = await games();
  let killed = 0;
  while (!(await isFinished(id))) {
    // Those that have begun to play: a process that is killed while it starts is another matter.
    if (killed < KILLS && (await games()).running > 0) {
      for (const pid of agents().slice(0, KILLS - killed)) {
        try {
          process.kill(pid, 'SIGKILL');
          killed += 1;
        } catch {
          // It had ended.
        }
      }
    }
    await delay(150);
  }
  expect(killed).toBe(KILLS);
  await expectNothingLost(id, before);
}, 180_000);

it('a database that is away for seconds while games are played costs no game', async () => {
  const id = await shop.submit(PATIENT);
  const before = await games();
  while ((await games()).running === 0) await delay(20);
  const comeBack = await shop.database.goAway('test worker');
  await delay(2_000);
  await comeBack();
  while (!(await isFinished(id))) await delay(50);
  await expectNothingLost(id, before);
}, 180_000);
