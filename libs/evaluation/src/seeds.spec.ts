import { describe, expect, it } from '@jest/globals';
import { gameSeeds } from '@arena/scoring';
import { Tickets, agentGameSeed, agentProcessSeed } from './seeds.ts';

const root = Buffer.alloc(32, 1);

describe('numbers an agent is told', () => {
  const seeds = gameSeeds(root, 3);

  it('do not repeat the game seeds and differ among themselves', () => {
    const told = [agentGameSeed(seeds), agentProcessSeed(seeds, 0), agentProcessSeed(seeds, 1)];
    expect(new Set(told).size).toBe(3);
    for (const number of told) {
      expect(number).toBeLessThan(2 ** 32);
      for (const seed of [seeds.core, seeds.disp]) {
        expect([seed & 0xffffffffn, seed >> 30n]).not.toContain(BigInt(number));
      }
    }
  });

  it('as tickets never run out and come the same again', () => {
    const [first, second, other] = [new Tickets(seeds, 0), new Tickets(seeds, 0), new Tickets(seeds, 1)];
    const drawn = Array.from({ length: 5000 }, () => first.next());
    expect(Array.from({ length: 5000 }, () => second.next())).toEqual(drawn);
    expect(other.next()).not.toBe(drawn[0]);
    expect(new Set(drawn).size).toBeGreaterThan(4990);
  });
});
