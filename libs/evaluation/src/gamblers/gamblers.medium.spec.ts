/** Agents that lose the games that they dislike have no second try. `npm run bench:gamblers` plays 200 games of each. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createAgentHost, type AgentHost } from '../agent-host.ts';
import { gamble, mostByChance } from './play.ts';
import { STRATEGIES } from './strategies.ts';

const GAMES = 2;

let host: AgentHost;
beforeAll(() => {
  host = createAgentHost({ uids: { first: 3_969_000, count: 16 } });
});
afterAll(async () => {
  await host.threads.dispose();
  host.stage.dispose();
});

it('none of more than twenty strategies has a game again that it lost, or makes the platform fail', async () => {
  expect(STRATEGIES.length).toBeGreaterThan(20);
  let liked = 0;
  let rolled = 0;
  for (const strategy of STRATEGIES) {
    const found = await gamble(host, strategy, GAMES);
    expect([strategy.name, found]).toMatchObject([strategy.name, { wrong: 0, faults: 0 }]);
    liked += found.liked;
    rolled += found.liked + found.disliked;
  }
  expect(rolled).toBeGreaterThan(GAMES * 20);
  expect(liked).toBeLessThanOrEqual(mostByChance(rolled));
}, 240_000);
