import { describe, expect, it } from '@jest/globals';
import { decision, SWORD, worldOf } from '../../support/decide.ts';
import type { Situation } from '../../support/situation.ts';
import type { Command } from '../command.ts';
import { CLASS } from '../perception/inventory.ts';
import type { World } from '../world.ts';

const ROOM = ['-------', '|.....|', '|.@...|', '|.....|', '-------'];

/** What is decided at first sight; `prepare`: what else it knows. */
function decide(
  situation: Situation,
  prepare: (world: World) => void = () => undefined,
): Command | undefined {
  const world = worldOf(situation);
  prepare(world);
  return decision(world);
}

/** The room with one more row of it changed. */
const room = (row: string): string[] => ROOM.map((old, y) => (y === 2 ? row : old));

describe('in danger', () => {
  it('prays when close to death, and not twice in a row', () => {
    const situation = { map: room('|.@J..|'), legend: { J: 'jackal' }, status: { 10: 4 } };
    expect(decide(situation)).toMatchObject({ by: 'pray' });
    const again = decide(situation, (world) => {
      world.diary.lastPrayer = 400;
    });
    expect(again?.by).not.toBe('pray');
  });

  it('prays when weak from hunger', () => {
    expect(decide({ map: ROOM, status: { 21: 3 } })).toMatchObject({ by: 'pray' });
  });

  it('drinks known healing when losing', () => {
    const inventory = [SWORD, ['b', CLASS.potion, '2 potions of healing'] as const];
    const situation = {
      map: room('|.@r..|'),
      legend: { r: 'soldier ant' },
      status: { 10: 8, 11: 40 },
      inventory,
    };
    expect(decide(situation)).toMatchObject({ by: 'heal', keys: 'q', then: 'b' });
  });
});

describe('in a fight', () => {
  it('hits what stands beside', () => {
    expect(decide({ map: room('|.@J..|'), legend: { J: 'jackal' } })).toMatchObject({
      by: 'fight',
      keys: 'Fl',
    });
  });

  it('never hits a floating eye, and walks around it', () => {
    const command = decide({ map: room('|.@e..>'), legend: { e: 'floating eye' } });
    expect(command?.keys).not.toMatch(/^F|^l$/);
  });

  it('does not touch a cockatrice with bare hands', () => {
    const legend = { c: 'cockatrice' };
    expect(decide({ map: room('|.@c..|'), legend, inventory: [] })?.keys).not.toMatch(/^F|^l$/);
    expect(decide({ map: room('|.@c..|'), legend })).toMatchObject({ by: 'fight' });
  });

  it('leaves shopkeepers and the known peaceful alone', () => {
    expect(decide({ map: room('|.@s..|'), legend: { s: 'shopkeeper' } })?.by).not.toBe('fight');
  });

  it('throws daggers at what comes, unless a pet is in the way', () => {
    const inventory = [SWORD, ['b', CLASS.weapon, '3 +0 daggers'] as const];
    const legend = { J: 'jackal', d: 'pet little dog' };
    expect(decide({ map: room('|.@..J|'), legend, inventory })).toMatchObject({
      by: 'shoot',
      keys: 't',
      then: 'bl',
    });
    expect(decide({ map: room('|.@d.J|'), legend, inventory })?.by).not.toBe('shoot');
  });
});

describe('at peace', () => {
  it('rests when hurt and alone', () => {
    expect(decide({ map: ROOM, status: { 10: 10 } })).toMatchObject({ by: 'rest' });
  });

  it('eats when hungry, what is safe', () => {
    const inventory = [
      SWORD,
      ['b', CLASS.food, 'a cockatrice corpse'] as const,
      ['c', CLASS.food, '2 food rations'] as const,
    ];
    expect(decide({ map: ROOM, status: { 21: 2 }, inventory })).toMatchObject({
      by: 'eat',
      keys: 'e',
      then: 'c',
    });
  });

  it('puts back what it took in a shop', () => {
    const inventory = [SWORD, ['b', CLASS.potion, 'a bubbly potion (unpaid, 100 zorkmids)'] as const];
    expect(decide({ map: ROOM, inventory })).toMatchObject({ by: 'put back', keys: 'd', then: 'b' });
  });

  it('fetches gold', () => {
    const legend = { G: 'thing gold piece' };
    expect(decide({ map: room('|.@..G|'), legend })).toMatchObject({ by: 'collect', keys: 'l' });
  });

  it('explores a doorway before it searches walls', () => {
    expect(decide({ map: room("|.@...'") })).toMatchObject({ by: 'explore', keys: 'l' });
    expect(decide({ map: ROOM })?.by).toMatch(/search/);
  });

  it('goes down only when it is strong enough', () => {
    const map = ROOM.map((old, y) => (y === 2 ? '|.>...|' : old)).map((old, y) =>
      y === 1 ? '|.@...|' : old,
    );
    const ready = decide({ map, status: { 18: 6 } });
    expect(ready).toMatchObject({ by: 'to stairs', keys: 'j' });
    expect(decide({ map, status: { 18: 1 } })?.by).not.toMatch(/stairs|descend/);
  });

  it('does not kick a shop that is closed for inventory', () => {
    const map = ['---------', '|.......|', '|......@+', '|.......|', '---------'];
    const situation = { map, message: 'You read: "C osed fo  invento y".' };
    expect(decide(situation)?.by).not.toBe('kick');
    const locked = { map, message: 'This door is locked.' };
    expect(decide(locked)?.by).toBe('kick');
  });
});

describe('with what it has', () => {
  const losing = { status: { 10: 10, 11: 40 } };

  it('puts to sleep what is winning, rather than let fire come back', () => {
    const inventory = [
      SWORD,
      ['b', CLASS.wand, 'a wand of fire (0:4)'] as const,
      ['c', CLASS.wand, 'a wand of sleep (0:5)'] as const,
    ];
    const legend = { a: 'soldier ant' };
    expect(decide({ map: room('|.@a..|'), legend, inventory, ...losing })).toMatchObject({
      by: 'zap',
      then: 'cl',
    });
    const fireOnly = inventory.slice(0, 2);
    expect(decide({ map: room('|.@a..|'), legend, inventory: fireOnly, ...losing })?.by).not.toBe('zap');
  });

  it('heals itself by a spell it knows', () => {
    const inventory = [SWORD, ['b', CLASS.book, 'a spellbook of healing'] as const];
    const status = { 10: 10, 11: 40, 14: 10 };
    const legend = { a: 'soldier ant' };
    expect(decide({ map: room('|.@a..|'), legend, inventory, status })).toMatchObject({
      by: 'cast healing',
      keys: 'Z',
    });
    expect(decide({ map: room('|.@a..|'), legend, inventory, status: { ...status, 14: 4 } })?.by).not.toBe(
      'cast healing',
    );
  });

  it('sends a force bolt before it comes to blows', () => {
    const inventory = [SWORD, ['b', CLASS.book, 'a spellbook of force bolt'] as const];
    const situation = { map: room('|.@.d.|'), legend: { d: 'dingo' }, inventory, status: { 14: 7 } };
    expect(decide(situation)).toMatchObject({ by: 'force bolt' });
  });

  it('digs down with a pick-axe where no stairs are known', () => {
    const inventory = [SWORD, ['b', CLASS.tool, 'a +0 pick-axe'] as const];
    expect(decide({ map: ROOM, inventory, status: { 18: 7 } })).toMatchObject({ by: 'dig', then: 'b' });
    expect(decide({ map: ROOM, inventory, status: { 18: 1 } })?.by).not.toBe('dig');
  });

  it('takes off its cloak for better armour beneath', () => {
    const inventory = [
      SWORD,
      ['b', CLASS.armour, 'a +0 hooded cloak (being worn)'] as const,
      ['c', CLASS.armour, 'a dwarvish mithril-coat'] as const,
    ];
    expect(decide({ map: ROOM, inventory })).toMatchObject({ by: 'take off', then: 'b' });
  });

  it('looks under the corpses of those who carry things', () => {
    const legend = { D: 'corpse dwarf', N: 'corpse newt' };
    expect(decide({ map: room('|.@..D|'), legend })).toMatchObject({ by: 'collect', keys: 'l' });
    expect(decide({ map: room('|.@..N|'), legend })?.by).not.toBe('collect');
  });

  it('fetches what it dropped when it was a rat', () => {
    const reclaim = decide({ map: ROOM }, (world) => {
      world.diary.dropped = { level: world.level.key, cell: world.status.cell };
    });
    expect(reclaim).toMatchObject({ by: 'reclaim', keys: ',' });
  });

  it('throws nothing while it has no hands', () => {
    const inventory = [SWORD, ['b', CLASS.weapon, '3 +0 daggers'] as const];
    const situation = { map: room('|.@..J|'), legend: { J: 'jackal' }, inventory, status: { 17: 2 } };
    expect(decide(situation)?.by).not.toBe('shoot');
  });

  it('lets no ray come back while others stay awake, nor for a newt', () => {
    const inventory = [SWORD, ['c', CLASS.wand, 'a wand of sleep (0:5)'] as const];
    const two = ['-------', '|.....|', '|.@a..|', '|..a..|', '-------'];
    const legend = { a: 'soldier ant', n: 'newt' };
    expect(decide({ map: two, legend, inventory, ...losing })?.by).not.toBe('zap');
    const newt = { map: room('|.@n..|'), legend, inventory, status: { 10: 2, 11: 40 } };
    expect(decide(newt, (world) => (world.diary.lastPrayer = 490))?.by).not.toBe('zap');
  });

  it('throws darts at what bites it while its hands are empty', () => {
    const inventory = [['b', CLASS.weapon, '12 +2 darts'] as const];
    const situation = { map: room('|.@J..|'), legend: { J: 'jackal' } };
    expect(decide({ ...situation, inventory })).toMatchObject({ by: 'shoot', then: 'bl' });
    expect(decide({ ...situation, inventory: [SWORD, ...inventory] })).toMatchObject({ by: 'fight' });
  });

  it('reads unknown scrolls when nothing else helps, never a map', () => {
    const dying = { map: room('|.@J..|'), legend: { J: 'jackal' }, status: { 10: 3, 11: 40 } };
    const noPrayer = (world: World): void => {
      world.diary.lastPrayer = 490;
    };
    const scroll = (name: string) => [SWORD, ['b', CLASS.scroll, name] as const];
    expect(decide({ ...dying, inventory: scroll('a scroll labeled ZELGO MER') }, noPrayer)?.by).toBe('read');
    const known = scroll('2 scrolls of magic mapping');
    expect(decide({ ...dying, inventory: known }, noPrayer)?.by).not.toBe('read');
  });

  it("has a were-creature's bite healed when nobody is near to bite again", () => {
    const bitten = (world: World): void => {
      world.diary.lycanthrope = true;
    };
    expect(decide({ map: ROOM }, bitten)).toMatchObject({ by: 'pray' });
    const near = { map: room('|.@w..|'), legend: { w: 'wererat' } };
    expect(decide(near, bitten)?.by).not.toBe('pray');
  });
});
