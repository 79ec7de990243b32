/** What runs out of time on a worker that has no processor itself is played again, until it can be or the platform gives up. */
import { underPressure } from '@arena/evaluation/testing';
import { LIMITS } from '@arena/persistence/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Workshop, openMachine, type Machine } from '../testing/workshop.ts';

const GAMES = 2;
const limits = { ...LIMITS, maxSteps: 20, startTimeoutMs: 30_000, stepTimeoutMs: 1000, timeBankMs: 60_000 };
/** In its third answer, for as long as this is so. */
const hangsWhile = (condition: string): string =>
  `export function createAgent() { return { act({ step }) { if (step === 2) while (${condition}); return 115; } }; }`;

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

it('a game that timed out on a worker with processors to itself is scored, and not played again', async () => {
  const id = await shop.submit(hangsWhile('true'));
  await shop.work();
  const games = await shop.gamesOf(id);
  expect(games.map(({ verdict, steps }) => [verdict, steps])).toEqual(
    Array.from({ length: GAMES }, () => ['step_timeout', 2]),
  );
  expect(await shop.attempts()).toBe(GAMES + shop.disturbed);
}, 240_000);

it('one that timed out while the worker had no processor is played again, not scored', async () => {
  // Long enough for a try under pressure, of 3 s here, and far shorter than six.
  const until = Date.now() + 12_000;
  const id = await shop.submit(hangsWhile(`Date.now() < ${until}`));
  await underPressure(() =>
    shop.work({
      beside: async () => {
        if (Date.now() < until) return;
        await shop.sweepAndHurry();
      },
    }),
  );
  expect(shop.disturbed).toBeGreaterThan(0);
  const games = await shop.gamesOf(id);
  expect(games.map(({ verdict, steps }) => [verdict, steps])).toEqual(
    Array.from({ length: GAMES }, () => ['ok', 20]),
  );
  expect(await shop.attempts()).toBeGreaterThan(GAMES);
}, 240_000);

it('one that cannot be played otherwise is not played for ever: the evaluation fails, at no cost to the agent', async () => {
  const id = await shop.submit(hangsWhile('true'));
  await underPressure(() => shop.work({ beside: () => shop.sweepAndHurry() }));
  const evaluation = (await shop.submissions.find(id))?.evaluation;
  expect(evaluation).toMatchObject({ state: 'failed', gamesDone: 0 });
  expect(evaluation?.reason).toMatch(/in 6 tries \(.*short of processor time.*not the agent's fault/s);
  // One more where a sweep came between the last try's end and its own look at what has ended.
  expect(shop.disturbed).toBeGreaterThanOrEqual(6);
  expect(shop.disturbed).toBeLessThanOrEqual(7);
}, 240_000);
