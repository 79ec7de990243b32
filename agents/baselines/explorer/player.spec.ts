import { beforeAll, describe, expect, it } from '@jest/globals';
import { ACTIONS, Engine } from '@arena/engine';
import { Player } from './player.ts';

const FIELDS = [
  'glyphs',
  'blstats',
  'message',
  'inv_letters',
  'inv_oclasses',
  'inv_strs',
  'tty_chars',
  'tty_cursor',
  'misc',
] as const;
const KEYS = new Set(ACTIONS.map(({ key }) => key));

describe('whole games', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.load();
  });

  function play(
    seed: number,
    steps: number,
  ): { keys: number[]; turns: number; score: number; longestStandstill: number } {
    const game = engine.newGame({ seeds: { core: BigInt(seed), disp: BigInt(seed + 1) }, fields: FIELDS });
    const player = new Player(seed);
    const keys: number[] = [];
    const result = { keys, turns: 0, score: 0, longestStandstill: 0 };
    let standstill = 0;
    while (!game.ended && keys.length < steps) {
      const turn = game.observation.blstats[20] ?? 0;
      standstill = turn === result.turns ? standstill + 1 : 0;
      result.longestStandstill = Math.max(result.longestStandstill, standstill);
      if (turn > 0) result.turns = turn;
      result.score = Math.max(result.score, game.observation.blstats[9] ?? 0);
      const key = player.act(game.observation);
      keys.push(key);
      game.step(key);
    }
    game.dispose();
    return result;
  }

  it('go on without a standstill, in keys of the action table', () => {
    let score = 0;
    for (const seed of [11, 12, 13, 14, 15]) {
      const result = play(seed, 1500);
      // The watchdog wakes after 60 keys; the platform gives up after 10,000.
      expect(result.longestStandstill).toBeLessThan(200);
      for (const key of result.keys) expect(KEYS).toContain(key);
      score += result.score;
    }
    // A uniformly random policy scores 0 in most games.
    expect(score).toBeGreaterThan(100);
  });

  it('are the same again with the same seeds', () => {
    expect(play(21, 600)).toEqual(play(21, 600));
  });
});
