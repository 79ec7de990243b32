import { EvaluationRepository } from '@arena/persistence';
import { LIMITS } from '@arena/persistence/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Workshop, openMachine, type Machine } from '../testing/workshop.ts';

const GAMES = 48;
const limits = {
  ...LIMITS,
  maxSteps: 20,
  startTimeoutMs: 1500,
  stepTimeoutMs: 500,
  timeBankMs: 10_000,
};

const SEARCHES = `export function createAgent() { return { act: () => 115 }; }`;
const HANGS = `for (;;);`;
const THROWS = `console.log('loading'); throw new Error('no weights');`;
const HANGS_AT_FIRST = `export function createAgent() { return { act() { for (;;); } }; }`;
const HANGS_LATER = `export function createAgent() { return { act({ step }) { if (step === 2) for (;;); return 115; } }; }`;
/** Processes' seeds are spread evenly: about one in four does not start. */
const OFTEN_STARTS = `export function createAgent({ seed }) {
  if (seed % 4 === 0) throw new Error('four');
  return { act: () => 115, gameOver() { process.exit(1); } }; }`;

let machine: Machine;
let shop: Workshop;
beforeAll(async () => {
  machine = await openMachine(3_970_000);
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

describe('an evaluation that gets nowhere', () => {
  it.each([
    ['hangs', HANGS, /: the agent was not ready within 1\.5 s of its start\. Correct/, ''],
    ['throws', THROWS, /exit code 1 before it was ready to play: Error: no weights\. Correct/, 'loading'],
  ])('is refused before its first game if its agent %s at its start', async (_how, code, reason, log) => {
    const id = await shop.submit(code);
    const outcomes = await shop.work();
    expect(outcomes[0]?.outcome).toBe('refused');
    for (const { outcome } of outcomes.slice(1)) expect(outcome).toBe('nothing left to play');
    const evaluation = (await shop.submissions.find(id))?.evaluation;
    expect(evaluation).toMatchObject({ state: 'failed', gamesDone: 0, startedAt: null });
    expect(evaluation?.reason).toMatch(reason);
    expect(evaluation?.log).toContain(log);
    for (const game of await shop.gamesOf(id))
      expect(game).toMatchObject({ state: 'pending', verdict: null });
    expect(await shop.attempts()).toBe(0);
    // What was refused may come again, and then is tried again.
    expect(await new EvaluationRepository(shop.database.dataSource, shop.queue).retry(id)).toBe(true);
    while ((await shop.submissions.find(id))?.evaluation.state !== 'failed')
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await shop.attempts()).toBe(0);
  });

  it('is given up after the third process that hangs at its first question', async () => {
    const id = await shop.submit(HANGS_AT_FIRST);
    await shop.work();
    expect(await shop.attempts()).toBe(3);
    const games = await shop.gamesOf(id);
    expect(games.every(({ state, verdict }) => state === 'finished' && verdict === 'step_timeout')).toBe(
      true,
    );
    expect(games[2]?.verdictReason).toBe('the agent did not answer within 0.5 s');
    expect(games[3]?.verdictReason).toMatch(/^not played, since 3 processes /);
  });

  it('is given up after eight games that hang before they scored', async () => {
    const id = await shop.submit(HANGS_LATER);
    await shop.work();
    expect(await shop.attempts()).toBe(8);
    const games = await shop.gamesOf(id);
    expect(games.every(({ verdict, score }) => verdict === 'step_timeout' && score === 0)).toBe(true);
    expect(games[8]?.verdictReason).toMatch(
      /^not played, since this agent ran out of time 8 times in a row /,
    );
  });
});

describe('an evaluation that gets on', () => {
  it('is played to its end though many a start fails', async () => {
    const id = await shop.submit(OFTEN_STARTS);
    await shop.work();
    const games = await shop.gamesOf(id);
    expect(games.every(({ state }) => state === 'finished')).toBe(true);
    expect(games.filter(({ verdictReason }) => verdictReason?.startsWith('not played'))).toEqual([]);
    expect(games.some(({ verdict }) => verdict === 'ok')).toBe(true);
  });

  it('makes room for another one that waits, and comes back', async () => {
    // A seventh of a second a game: a shard of 16 lasts for two or three.
    const slow = (mark: string): string =>
      SEARCHES.replace('115', `{ const end = Date.now() + 7; while (Date.now() < end); return ${mark}115; }`);
    const [first, second] = [await shop.submit(slow('')), await shop.submit(slow('+'))];
    const played = await shop.work({ turnMs: 1000 });
    const long = played.filter(({ outcome }) => outcome === 'made room');
    expect(new Set(long.map(({ submission }) => submission))).toEqual(new Set([first, second]));
    // The second was served before the first had played its first shard to the end.
    const at = played.findIndex(({ submission }) => submission === second);
    expect(played.slice(0, at).map(({ outcome }) => outcome)).toEqual(['made room']);
    for (const id of [first, second])
      expect((await shop.gamesOf(id)).map(({ verdict }) => verdict)).toEqual(
        Array.from({ length: GAMES }, () => 'ok'),
      );
    // Making room costs no game: each was begun once.
    expect(await shop.attempts()).toBe(2 * GAMES);
  }, 240_000);

  it('does not stop where nobody waits', async () => {
    await shop.submit(SEARCHES);
    expect((await shop.work({ turnMs: 50 })).map(({ from, outcome }) => [from, outcome])).toEqual([
      [0, 'done'],
      [16, 'done'],
      [32, 'done'],
    ]);
  });
});
