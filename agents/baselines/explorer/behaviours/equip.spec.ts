/** What is put on, and what stays in the pack. */
import { describe, expect, it } from '@jest/globals';
import { decision, SWORD, worldOf } from '../../support/decide.ts';
import { CLASS } from '../perception/inventory.ts';

const MAP = ['-------', '|.....|', '|.@...|', '|.....|', '-------'];

/** What is done first by a hero who has these, letters from `b`. */
function does(weapon: string, ...armour: readonly string[]): string {
  const inventory = [
    ['a', CLASS.weapon, weapon] as const,
    ...armour.map((text, i) => [String.fromCharCode(98 + i), CLASS.armour, text] as const),
  ];
  const command = decision(worldOf({ map: MAP, inventory }));
  return `${command?.by ?? ''} ${command?.then ?? ''}`;
}

describe('armour', () => {
  it.each([
    ['an uncursed +0 leather armor', true],
    ['a leather armor', true],
    ['a cursed +0 leather armor', false],
    ['a cursed -2 dwarvish iron helm', false],
    ['a dwarvish iron helm', true],
    ['a dwarvish iron helm (unpaid, 20 zorkmids)', false],
    ['a small shield', true],
    ['a cursed small shield', false],
    ['a figurine', false],
  ])('%s is put on: %s', (text, worn) => {
    expect(does(SWORD[2], text) === 'wear b').toBe(worn);
  });

  it('is put on where nothing is worn yet', () => {
    const helm = 'a +0 orcish helm (being worn)';
    expect(does(SWORD[2], helm, 'a dwarvish iron helm')).not.toMatch(/^wear/);
    expect(does(SWORD[2], helm, 'a cursed dwarvish iron helm', 'low boots')).toBe('wear d');
  });

  it('takes no cursed cloak off, nor any for a cursed mail beneath', () => {
    const cloak = 'a +0 hooded cloak (being worn)';
    expect(does(SWORD[2], cloak, 'a dwarvish mithril-coat')).toBe('take off b');
    expect(does(SWORD[2], `a cursed ${cloak.slice(2)}`, 'a dwarvish mithril-coat')).not.toMatch(/^take off/);
    expect(does(SWORD[2], cloak, 'a cursed dwarvish mithril-coat')).not.toMatch(/^take off/);
  });

  it('is not put on unpaid, even where it cannot be put back for now', () => {
    const unpaid = 'a dwarvish iron helm (unpaid, 20 zorkmids)';
    const world = worldOf({ map: MAP, inventory: [SWORD, ['b', CLASS.armour, unpaid]] });
    expect(decision(world)?.by).toBe('put back');
    world.diary.pause('put back', world.status.turn, 50);
    expect(decision(world)?.by).not.toMatch(/wear|put back/);
  });

  it('leaves shields to those with a hand for them', () => {
    expect(does('a quarterstaff (weapon in hands)', 'a small shield')).not.toMatch(/^wear/);
    expect(does('a two-handed sword (weapon in hands)', 'a small shield')).not.toMatch(/^wear/);
  });
});

describe('a weapon', () => {
  it.each([
    ['a +0 dagger (weapon in hand)', 'a long sword', true],
    ['a +0 dagger (weapon in hand)', 'a cursed long sword', false],
    ['a +0 dagger (weapon in hand)', 'a long sword (unpaid, 20 zorkmids)', false],
    ['a cursed +0 dagger (weapon in hand)', 'a long sword', false],
    ['a +0 long sword (weapon in hand)', 'a dagger', false],
    ['a +0 dagger (weapon in hand)', 'a two-handed sword', false],
  ])('%s is changed for %s: %s', (inHand, other, changed) => {
    const inventory = [['a', CLASS.weapon, inHand] as const, ['b', CLASS.weapon, other] as const];
    const command = decision(worldOf({ map: MAP, inventory }));
    expect(command?.by === 'wield' && command.then === 'b').toBe(changed);
  });
});
