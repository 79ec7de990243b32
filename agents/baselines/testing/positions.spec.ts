/** What explorer's behaviours bring about in positions of games, some of debug mode: `record.ts` makes them anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { Engine } from '@arena/engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { CASES } from './cases.ts';
import { play, type Position } from './position.ts';

const POSITIONS = JSON.parse(
  readFileSync(new URL('../../testing/positions.json', import.meta.url), 'utf8'),
) as Position[];

/** What explorer's commands are called, read from its source: a behaviour that is added shows here. */
function commandNames(): Set<string> {
  const explorer = new URL('../../explorer/', import.meta.url);
  const sources = readdirSync(explorer, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(new URL(name, explorer), 'utf8'));
  const name = /(?:\bby: |\bwait\(|\bstep\(\s*|\belbereth\(world, )'([^']+)'/g;
  return new Set(sources.flatMap((source) => [...source.matchAll(name)].map(([, by = '']) => by)));
}

describe('in a position of a game', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.load();
  });

  it('each behaviour is seen that explorer has', () => {
    const names = commandNames();
    // Waits a turn when no behaviour has an idea.
    expect(names.delete('idle')).toBe(true);
    expect([...names].sort()).toEqual(Object.keys(CASES).sort());
    expect(POSITIONS.map(({ by }) => by)).toEqual(Object.keys(CASES));
  });

  it.each(POSITIONS.map((position) => [position.by, position] as const))('%s', (by, position) => {
    const shown = play(engine, position);
    expect(shown?.said).toBeDefined();
    expect(shown !== null && CASES[by]?.(shown)).toBe(true);
  });
});
