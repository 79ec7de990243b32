import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Tables } from '../index.ts';
import {
  ACTIONS,
  ALL_ACTION_KEYS,
  Engine,
  GLYPH_CLASSES,
  TASK_ACTION_KEYS,
  USEFUL_ACTION_KEYS,
} from '../index.ts';

/** NLE's own tables, recorded; see test/engine. */
const recorded = JSON.parse(
  readFileSync(new URL('../../../../test/engine/interface.json', import.meta.url), 'utf8'),
) as {
  actions: { key: number }[];
  usefulActionKeys: number[];
  taskActionKeys: number[];
  constants: Record<string, number>;
};

let tables: Tables;
let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
  ({ tables } = engine);
});

const constant = (name: string): number => tables.constants[name] ?? NaN;

describe('constants', () => {
  it('all 111 as recorded, and no others', () => {
    expect(Object.keys(recorded.constants)).toHaveLength(111);
    expect(tables.constants).toEqual(recorded.constants);
  });
});

describe('actions', () => {
  it('are in the sets NLE has', () => {
    expect(ALL_ACTION_KEYS).toEqual(recorded.actions.map(({ key }) => key));
    expect(USEFUL_ACTION_KEYS).toEqual(recorded.usefulActionKeys);
    expect(TASK_ACTION_KEYS).toEqual(recorded.taskActionKeys);
  });

  /** Not in NetHack's table of commands: prefixes and ESC are handled before it, and `^<dir>` moves. */
  const PREFIXES = ['ESC', 'FIGHT', 'MOVE', 'MOVEFAR', 'RUSH', 'RUSH2'];

  it('commands have the keys of NetHack’s own table', () => {
    const keys = new Set(tables.commands.map(({ key }) => key));
    const missing = ACTIONS.filter(({ set, key }) => set === 'Command' && !keys.has(key));
    expect(missing.map(({ name }) => name)).toEqual(PREFIXES);
  });

  it('commands that NetHack calls by the same name have that command’s key', () => {
    const byName = new Map(tables.commands.map(({ name, key }) => [name.toUpperCase(), key]));
    const shared = ACTIONS.filter(({ set, name }) => set === 'Command' && byName.has(name));
    expect(shared.length).toBeGreaterThan(60);
    expect(shared.map(({ name, key }) => [name, key])).toEqual(
      shared.map(({ name }) => [name, byName.get(name)]),
    );
  });
});

describe('monsters', () => {
  it('are all there', () => {
    expect(tables.monsters).toHaveLength(constant('NUMMONS'));
    expect(tables.permonst(0)).toMatchObject({ mname: 'giant ant', mlet: 1, mlevel: 2, mmove: 18, ac: 3 });
    const rider = tables.monsters.find(({ mname }) => mname === 'Death');
    expect(rider).toMatchObject({ mlevel: 30, mr: 100 });
  });

  it('have flags of 32 bits, never negative', () => {
    expect(tables.monsters.every(({ mflags1, mflags2 }) => mflags1 >= 0 && mflags2 >= 0)).toBe(true);
    expect(tables.monsters.some(({ mflags1 }) => mflags1 > 0x7fff_ffff)).toBe(true);
  });

  it('have classes with symbols', () => {
    expect(tables.monsterClass(tables.permonst(0).mlet)).toMatchObject({
      sym: 'a'.charCodeAt(0),
      explain: 'ant or other insect',
    });
  });
});

describe('objects', () => {
  it('are all there, in the order of the source', () => {
    expect(tables.objects).toHaveLength(constant('NUM_OBJECTS'));
    const arrow = tables.objclass(1);
    expect(arrow).toMatchObject({
      oc_name_idx: 1,
      oc_class: constant('WEAPON_CLASS'),
      oc_weight: 1,
      oc_cost: 2,
    });
    expect([tables.objName(arrow), tables.objDescr(arrow)]).toEqual(['arrow', null]);
    expect(tables.objectClass(arrow.oc_class)).toMatchObject({ sym: ')'.charCodeAt(0), name: 'weapons' });
  });

  it('stay in that order when games have shuffled their own', () => {
    const before = tables.objects.map(({ oc_descr_idx }) => oc_descr_idx);
    engine.newGame({ seeds: { core: 1n, disp: 1n } }).dispose();
    expect(engine.tables.objects.map(({ oc_descr_idx }) => oc_descr_idx)).toEqual(before);
  });
});

describe('glyphs', () => {
  it('are what NetHack’s macros say, at both ends of each range', () => {
    const { glyphs } = tables;
    const ranges = [
      ['normal_monster', 'GLYPH_MON_OFF', 'NUMMONS'],
      ['pet', 'GLYPH_PET_OFF', 'NUMMONS'],
      ['detected_monster', 'GLYPH_DETECT_OFF', 'NUMMONS'],
      ['body', 'GLYPH_BODY_OFF', 'NUMMONS'],
      ['ridden_monster', 'GLYPH_RIDDEN_OFF', 'NUMMONS'],
      ['normal_object', 'GLYPH_OBJ_OFF', 'NUM_OBJECTS'],
      ['cmap', 'GLYPH_CMAP_OFF', 'MAXPCHARS'],
      ['warning', 'GLYPH_WARNING_OFF', 'WARNCOUNT'],
      ['statue', 'GLYPH_STATUE_OFF', 'NUMMONS'],
    ] as const;
    for (const [what, start, count] of ranges) {
      const first = constant(start);
      const after = first + constant(count);
      expect(
        [first - 1, first, after - 1, after].map((glyph) => glyph >= 0 && glyphs.is(what, glyph)),
      ).toEqual([false, true, true, false]);
    }
  });

  it('convert to what they show', () => {
    const { glyphs } = tables;
    const pet = constant('GLYPH_PET_OFF') + 16;
    expect(glyphs.to('mon', pet)).toBe(16);
    expect(glyphs.to('obj', pet)).toBe(constant('NO_GLYPH'));
    const corpse = glyphs.to('obj', constant('GLYPH_BODY_OFF') + 3);
    expect(tables.objclass(corpse).oc_name).toBe('corpse');
    expect(glyphs.to('swallow', constant('GLYPH_SWALLOW_OFF') + 11)).toBe(3);
    expect(glyphs.to('trap', glyphs.to('cmap', pet))).toBe(constant('NO_GLYPH'));
    expect(tables.symdef(glyphs.to('cmap', constant('GLYPH_CMAP_OFF') + 1)).explanation).toBe('wall');
    expect(tables.warning(glyphs.to('warning', constant('GLYPH_WARNING_OFF') + 5)).explanation).toMatch(
      /dread/,
    );
  });

  it('take arrays, NO_GLYPH among them', () => {
    const { glyphs } = tables;
    const some = Int16Array.of(0, constant('GLYPH_PET_OFF'), constant('NO_GLYPH'));
    expect([...glyphs.is('pet', some)]).toEqual([0, 1, 0]);
    expect([...glyphs.to('mon', some)]).toEqual([0, 0, constant('NO_GLYPH')]);
    expect(GLYPH_CLASSES.some((what) => glyphs.is(what, constant('NO_GLYPH')))).toBe(false);
  });

  it('have tiles', () => {
    expect(tables.glyphs.tiles).toHaveLength(constant('MAX_GLYPH'));
    // statues share one tile; nothing else has so many glyphs for one
    const tile = (glyph: number): number | undefined => tables.glyphs.tiles[glyph];
    expect(tile(constant('GLYPH_STATUE_OFF'))).toBe(tile(constant('GLYPH_STATUE_OFF') + 100));
    expect(tile(0)).not.toBe(tile(1));
  });
});

it('an index out of range says the range', () => {
  expect(() => tables.permonst(381)).toThrow(new RangeError('monster 381 is out of range: 0 to 380'));
  expect(() => tables.objclass(-1)).toThrow('object -1 is out of range: 0 to 452');
  expect(() => tables.symdef(96)).toThrow('0 to 95');
  expect(() => tables.glyphs.is('pet', 5977)).toThrow('0 to 5976');
  expect(() => tables.glyphs.to('mon', [1, 1.5])).toThrow(RangeError);
});

describe('actions', () => {
  /** What is no command of NetHack's list: prefixes of a move, the two ways to a command's name, and escape. */
  const OTHERS = ['EXTCMD', 'EXTLIST', 'ESC', 'FIGHT', 'MOVE', 'MOVEFAR', 'RUSH', 'RUSH2'];

  it('have the keys of NetHack’s own list of commands', () => {
    const listed = new Map(
      engine.tables.commands.map(({ name, key }) => [name.toUpperCase().replace(/[^A-Z]/g, ''), key]),
    );
    const commands = ACTIONS.filter(({ set, name }) => set === 'Command' && !OTHERS.includes(name));
    expect(commands.length).toBeGreaterThan(70);
    expect(commands.map(({ name }) => [name, listed.get(name)])).toEqual(
      commands.map(({ name, key }) => [name, key]),
    );
  });
});
