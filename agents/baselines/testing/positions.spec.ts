/** What explorer's behaviours bring about in positions of real games: `record.ts` makes them anew. */
import { readFileSync } from 'node:fs';
import { Engine } from '@arena/engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { CASES } from './cases.ts';
import { play, type Position } from './position.ts';

const POSITIONS = JSON.parse(
  readFileSync(new URL('../../testing/positions.json', import.meta.url), 'utf8'),
) as Position[];

describe('in a position of a game', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.load();
  });

  it('each behaviour is seen', () => {
    expect(POSITIONS.map(({ by }) => by)).toEqual(Object.keys(CASES));
  });

  it.each(POSITIONS.map((position) => [position.by, position] as const))('%s', (by, position) => {
    const shown = play(engine, position);
    expect(shown?.said).toBeDefined();
    expect(shown !== null && CASES[by]?.(shown)).toBe(true);
  });
});
