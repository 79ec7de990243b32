/** A game that ran out of time is played once, whatever the worker is busy with. */
import { underPressure } from '@arena/evaluation/testing';
import { LIMITS } from '@arena/persistence/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Workshop, openMachine, type Machine } from '../testing/workshop.ts';

const GAMES = 2;
const limits = { ...LIMITS, maxSteps: 20, startTimeoutMs: 30_000, stepTimeoutMs: 1000, timeBankMs: 60_000 };
const HANGS =
  'export function createAgent() { return { act({ step }) { if (step === 2) for (;;); return 115; } }; }';

let machine: Machine;
let shop: Workshop;
beforeAll(async () => {
  machine = await openMachine(3_971_000);
});
afterAll(() => {
  machine.host.stage.dispose();
});
beforeEach(async () => {
  shop = await Workshop.open(machine, GAMES, limits);
});
afterEach(async () => {
  await shop.close();
});

it.each([
  ['has processors to itself', <T>(work: () => Promise<T>) => work()],
  ['is kept busy on the thread that speaks with the database', underPressure],
])(
  'a game that timed out is scored, and not played again, on a worker that %s',
  async (_how, under) => {
    const id = await shop.submit(HANGS);
    await under(() => shop.work());
    const games = await shop.gamesOf(id);
    expect(games.map(({ verdict, steps }) => [verdict, steps])).toEqual(
      Array.from({ length: GAMES }, () => ['step_timeout', 2]),
    );
    expect(await shop.attempts()).toBe(GAMES);
  },
  240_000,
);
