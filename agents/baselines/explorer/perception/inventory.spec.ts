import { describe, expect, it } from '@jest/globals';
import { CLASS, parseItem } from './inventory.ts';

describe('a line of the inventory', () => {
  it.each([
    ['a +1 long sword (weapon in hand)', CLASS.weapon, { name: 'long sword', enchantment: 1, wielded: true }],
    ['5 +0 daggers (in quiver pouch)', CLASS.weapon, { name: 'dagger', quantity: 5, quivered: true }],
    [
      'a blessed +3 small shield (being worn)',
      CLASS.armour,
      { name: 'small shield', blessed: true, worn: true },
    ],
    ['a cursed rusty -1 orcish helm', CLASS.armour, { name: 'orcish helm', cursed: true, enchantment: -1 }],
    ['2 uncursed food rations', CLASS.food, { name: 'food ration', quantity: 2, cursed: false }],
    ['4 potions of extra healing', CLASS.potion, { name: 'potion of extra healing', quantity: 4 }],
    ['a scroll labeled ZELGO MER', CLASS.scroll, { name: 'scroll' }],
    ['a spellbook of force bolt', CLASS.book, { name: 'spellbook of force bolt' }],
    ['a partly eaten lichen corpse', CLASS.food, { name: 'lichen corpse' }],
    ['a +0 short sword (alternate weapon; not wielded)', CLASS.weapon, { wielded: false, alternate: true }],
    ['a bubbly potion (unpaid, 100 zorkmids)', CLASS.potion, { name: 'bubbly potion', unpaid: true }],
    ['leather gloves (being worn)', CLASS.armour, { worn: true }],
  ])('%s', (text, objectClass, expected) => {
    expect(parseItem('a', objectClass, text)).toMatchObject(expected);
  });
});
