import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Game } from './index.ts';
import { Engine } from './index.ts';

/** Debug mode: ^F maps the level, ^V goes to another. */
const MAP_LEVEL = 0x06;
const LEVEL_TELEPORT = 0x16;

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

function begin(core: bigint, lgen?: bigint): Game {
  const game = engine.newGame({
    seeds: { core, disp: 1n, ...(lgen === undefined ? {} : { lgen }) },
    character: 'val-hum-neu-fem',
    debug: true,
    spawnMonsters: false,
  });
  for (let keys = 0; keys < 50 && game.observation.program_state[3] === 0; keys += 1) game.step(32);
  return game;
}

function press(game: Game, keys: string, more = true): void {
  for (const key of keys) game.step(key.charCodeAt(0));
  while (more && game.observation.internal[3] !== 0) game.step(32);
}

/** Where the level's walls and stairs are: what generation lays down and no monster or object hides for long. */
function layout(game: Game): string {
  press(game, String.fromCharCode(MAP_LEVEL));
  const { glyphs, constants } = engine.tables;
  const fixed = /^(wall|staircase|ladder)/;
  return [...glyphs.to('cmap', game.observation.glyphs)]
    .map((symbol, cell) => {
      const name = symbol === constants['NO_GLYPH'] ? '' : engine.tables.symdef(symbol).explanation;
      return fixed.test(name) ? `${name}@${String(cell)}` : '';
    })
    .filter((place) => place !== '')
    .join();
}

function levels(game: Game, depths: readonly number[]): string[] {
  return depths.map((depth) => {
    if (depth !== 1) press(game, `${String.fromCharCode(LEVEL_TELEPORT)}${String(depth)}\r`);
    expect(game.observation.blstats[12]).toBe(depth);
    return layout(game);
  });
}

/** Debug mode's menu of the whole dungeon leads to special levels of other branches, too. */
function goTo(game: Game, level: string): void {
  press(game, `${String.fromCharCode(LEVEL_TELEPORT)}?\r`, false);
  for (let page = 0; page < 5; page += 1) {
    const screen = new TextDecoder('latin1').decode(game.fieldBytes('tty_chars'));
    const letter = new RegExp(` (\\w) - [ *]+${level}: `).exec(screen)?.[1];
    if (letter !== undefined) {
      press(game, `${letter}\r`);
      return;
    }
    press(game, '>', false);
  }
  throw new Error(`the menu has no ${level}`);
}

/** By branch and depth: the layouts of both branches, the Mines' visited before or after the main dungeon's. */
function branches(game: Game, minesFirst: boolean): Record<string, string> {
  const seen: Record<string, string> = {};
  const note = (): void => {
    const { 23: dungeon, 12: depth } = game.observation.blstats;
    seen[`${String(dungeon)}/${String(depth)}`] = layout(game);
  };
  const visit = (depth: number): void => {
    press(game, `${String.fromCharCode(LEVEL_TELEPORT)}${String(depth)}\r`);
    note();
  };
  const mines = (): void => {
    goTo(game, 'minetn');
    note();
    const depth = game.observation.blstats[12] ?? 0;
    visit(depth + 1);
    visit(depth + 2);
    visit(1);
  };
  if (minesFirst) mines();
  for (const depth of [2, 3, 9, 12]) visit(depth);
  visit(1);
  if (!minesFirst) mines();
  return seen;
}

describe('the level seed', () => {
  it('is one for each dungeon: levels do not depend on which branch was visited first', () => {
    const mainFirst = branches(begin(1n, 99n), false);
    expect(branches(begin(1n, 99n), true)).toEqual(mainFirst);
    expect(branches(begin(2n, 99n), true)).toEqual(mainFirst);
    expect(Object.keys(mainFirst).filter((place) => !place.startsWith('0/'))).toHaveLength(3);
    expect(new Set(Object.values(mainFirst)).size).toBe(8);
  });

  it('decides the levels, whatever the core seed is', () => {
    const depths = [1, 2, 3, 6, 11];
    const one = levels(begin(1n, 99n), depths);
    const other = levels(begin(2n, 99n), depths);
    expect(other).toEqual(one);
    expect(new Set(one).size).toBe(depths.length);
  });

  it('another one makes other levels of the same core seed', () => {
    expect(layout(begin(1n, 99n))).not.toBe(layout(begin(1n, 100n)));
    expect(layout(begin(1n, 99n))).not.toBe(layout(begin(1n, 99n + (1n << 63n))));
  });

  it('is another game than the same seed without it', () => {
    expect(layout(begin(1n))).not.toBe(layout(begin(1n, 1n)));
    expect(layout(begin(1n))).not.toBe(layout(begin(2n)));
  });

  it('leaves to the core seed what is no level: the first pet', () => {
    const pet = (core: bigint): string => {
      const { glyphs, monsters } = engine.tables;
      const { observation } = begin(core, 99n);
      const cell = observation.glyphs.findIndex((glyph) => glyphs.is('pet', glyph));
      return `${monsters[glyphs.to('mon', observation.glyphs[cell] ?? 0)]?.mname ?? 'none'}@${String(cell)}`;
    };
    expect(new Set([1n, 2n, 3n, 4n, 5n, 6n].map(pet)).size).toBeGreaterThan(1);
  });

  it('makes the same levels when the core generator is reseeded on the way', () => {
    const settings = { character: 'val-hum-neu-fem', debug: true, spawnMonsters: false };
    const seen = [false, true].map((reseed) => {
      const game = engine.newGame({ ...settings, seeds: { core: 1n, disp: 1n, lgen: 99n, reseed } });
      for (let keys = 0; keys < 50 && game.observation.program_state[3] === 0; keys += 1) game.step(32);
      return levels(game, [1, 2, 3, 6]);
    });
    expect(seen[1]).toEqual(seen[0]);
  });

  it('is checked as the others are', () => {
    expect(() => engine.newGame({ seeds: { core: 1n, disp: 1n, lgen: -1n } })).toThrow(/seed 'lgen'/);
  });
});
