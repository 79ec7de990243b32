import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluationSeedRoot, gameSeeds } from './seeds.ts';

const master = Buffer.alloc(32, 7);

describe('seeds', () => {
  it('are the same on every machine and day', () => {
    // Computed apart, by Python's hmac: over `evaluation/1` under 32 bytes of 7, then over `game/0` under the result.
    expect(evaluationSeedRoot(master, 1).toString('hex')).toBe(
      '1fdac343590b31e557e9f17f766b01444e123b93c2e4f474800719a0892d4a69',
    );
    expect(gameSeeds(evaluationSeedRoot(master, 1), 0)).toEqual({
      core: 3225682887332906623n,
      disp: 3081981801603763083n,
    });
  });

  it('differ between games, evaluations and competitions', () => {
    const seen = new Set<string>();
    for (const masterSeed of [master, Buffer.alloc(32, 8)]) {
      for (const evaluation of [1, 2, 3]) {
        const root = evaluationSeedRoot(masterSeed, evaluation);
        for (let index = 0; index < 200; index++) seen.add(gameSeeds(root, index).core.toString());
      }
    }
    expect(seen.size).toBe(1200);
  });

  it('fit 62 bits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(), (root, index) => {
        const { core, disp } = gameSeeds(root, index);
        expect([core, disp].every((seed) => seed >= 0n && seed < 2n ** 62n)).toBe(true);
      }),
    );
  });

  it('refuse a short master seed and impossible numbers', () => {
    expect(() => evaluationSeedRoot(Buffer.alloc(31), 1)).toThrow(RangeError);
    expect(() => evaluationSeedRoot(master, 0)).toThrow(RangeError);
    expect(() => gameSeeds(master, -1)).toThrow(RangeError);
  });
});
