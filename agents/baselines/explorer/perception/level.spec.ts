import { describe, expect, it } from '@jest/globals';
import { monsterNamed } from '../knowledge/monsters.ts';
import { APPEARANCES } from '../knowledge/objects.ts';
import { MONSTERS } from '../knowledge/monsters.ts';
import { GLYPH, STONE } from './glyphs.ts';
import { Level } from './level.ts';
import { TERRAIN } from './terrain.ts';

const cmap = (symbol: number): number => GLYPH.cmap + symbol;
const BOULDER = GLYPH.object + APPEARANCES.findIndex(({ name }) => name === 'boulder');

describe('the tables behind the glyphs', () => {
  it('have an entry for each glyph of NetHack 3.6.6', () => {
    expect(MONSTERS).toHaveLength(GLYPH.pet);
    expect(APPEARANCES).toHaveLength(GLYPH.cmap - GLYPH.object);
    expect(monsterNamed('floating eye')).toMatchObject({ letter: 'e', level: 2, speed: 1 });
  });
});

describe('the memory of a level', () => {
  it('keeps the stairs under a monster, and under the darkness that follows', () => {
    const level = new Level(1, 1);
    level.see(100, cmap(24), -1);
    level.see(100, monsterNamed('jackal').index, -1);
    level.see(100, STONE, -1);
    expect(level.terrain[100]).toBe(TERRAIN.stairsDown);
  });

  it('forgets a boulder that was pushed on', () => {
    const level = new Level(1, 1);
    level.see(100, BOULDER, -1);
    expect(level.boulder[100]).toBe(1);
    level.see(100, cmap(21), -1);
    expect(level.boulder[100]).toBe(0);
    expect(level.terrain[100]).toBe(TERRAIN.corridor);
  });

  it('knows the age of a corpse only where something was just killed', () => {
    const level = new Level(1, 1);
    const corpse = GLYPH.body + monsterNamed('newt').index;
    level.see(100, cmap(19), -1);
    level.see(101, cmap(19), -1);
    level.see(100, corpse, 500);
    level.see(101, corpse, -1);
    expect([...level.corpseTurn]).toEqual([[100, 500]]);
  });

  it('leaves a move that failed twice alone, but not for ever', () => {
    const level = new Level(1, 1);
    level.noteFailedMove(100, 2);
    expect(level.mayMove(100, 2)).toBe(true);
    level.noteFailedMove(100, 2);
    expect(level.mayMove(100, 2)).toBe(false);
    level.turns += 41;
    expect(level.mayMove(100, 2)).toBe(true);
  });
});
