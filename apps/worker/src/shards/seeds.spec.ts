import { gameSeeds as playedSeeds } from '@arena/evaluation';
import { evaluationSeedRoot, gameSeeds as storedSeeds } from '@arena/scoring';
import { describe, expect, it } from '@jest/globals';

describe('seeds', () => {
  it('are the same whether a board stores them or a participant works them out at home', () => {
    const root = evaluationSeedRoot(Buffer.alloc(32, 3), 5);
    for (let index = 0; index < 100; index++)
      expect(playedSeeds(root, index)).toEqual(storedSeeds(root, index));
  });
});
