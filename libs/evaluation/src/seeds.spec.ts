import { describe, expect, it } from '@jest/globals';
import { Tickets, agentGameSeed, agentProcessSeed, gameSeeds } from './seeds.ts';

const root = Buffer.alloc(32, 1);

describe('seeds of games', () => {
  // Counted by another program (HMAC-SHA256 of `game/0`): stored seeds must never change.
  it('are the same for the same root and index, for ever', () => {
    expect(gameSeeds(root, 0)).toEqual({
      core: 1_966_647_830_370_970_598n,
      disp: 4_536_390_346_163_290_457n,
    });
  });

  it('differ from game to game and root to root, and have 62 bits', () => {
    const all = [root, Buffer.alloc(32, 2)].flatMap((key) =>
      Array.from({ length: 500 }, (_, i) => gameSeeds(key, i)),
    );
    const numbers = all.flatMap(({ core, disp }) => [core, disp]);
    expect(new Set(numbers).size).toBe(2000);
    expect(numbers.every((seed) => seed >= 0n && seed < 1n << 62n)).toBe(true);
    // The highest bit is in use.
    expect(numbers.some((seed) => seed >= 1n << 61n)).toBe(true);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuse the index %p', (index) => {
    expect(() => gameSeeds(root, index)).toThrow(RangeError);
  });

  it('refuse a short root', () => {
    expect(() => gameSeeds(Buffer.alloc(8), 0)).toThrow(/at least 16 bytes/);
  });
});

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
