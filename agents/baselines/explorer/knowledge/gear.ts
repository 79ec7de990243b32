import { CLASS, type Item } from '../perception/inventory.ts';
import type { World } from '../world.ts';

export type Slot = 'body' | 'cloak' | 'shirt' | 'helmet' | 'gloves' | 'boots' | 'shield';

const SLOTS: readonly (readonly [Slot, RegExp])[] = [
  ['shield', /shield|buckler/],
  ['helmet', /helm|hat$|cap$|fedora|cornuthaum|dented pot/],
  ['gloves', /gloves|glove|gauntlets/],
  ['boots', /boots|shoes|boot$|shoe$/],
  ['cloak', /cloak|robe$|cope$|smock|apron|piece of cloth|opera|mantelet|alchemy/],
  ['shirt', /shirt/],
  ['body', /mail|armor|jacket|scales|mithril/],
];

/** Where a piece of armour is worn, judged by its name; null for one this agent does not know. */
export function armourSlot(name: string): Slot | null {
  return SLOTS.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** The average damage of a hit on a small monster. */
const DAMAGE: readonly (readonly [RegExp, number])[] = [
  [/^(?:tsurugi|long samurai sword)$/, 8.5],
  [/^two-handed sword$|^dwarvish mattock$|^broad pick$/, 6.5],
  [/^katana$|^samurai sword$/, 5.5],
  [/^long sword$|^runed broadsword$|^elven broadsword$/, 4.5],
  [/^broadsword$|^morning star$|^silver saber$|^curved sword$|^scimitar$/, 4.5],
  [/^(?:crysknife|dwarvish short sword|broad short sword)$/, 4.2],
  [/^(?:mace|axe|elven short sword|runed short sword|pick-axe|dwarvish spear|stout spear)$/, 4],
  [/^(?:short sword|flail|spear|elven spear|runed spear|trident)$/, 3.6],
  [/^(?:orcish short sword|crude short sword|club|quarterstaff|staff|war hammer|aklys|thonged club)$/, 3.2],
  [/^(?:dagger|elven dagger|runed dagger|silver dagger|athame|javelin|orcish spear|crude spear)$/, 2.8],
  [/^(?:orcish dagger|crude dagger|knife|stiletto|scalpel)$/, 2],
  [/^bullwhip$/, 0.5],
];
const TWO_HANDED = /two-handed|mattock|broad pick|tsurugi|long samurai|staff/;

/**
 * How good a thing is as the weapon in hand; 0 if it is none. A bow counts while there are arrows for it. Two-handed
 * ones only count for those who carry one from the start, as most others can hardly use them.
 */
export function weaponWorth(item: Item, world: World): number {
  if (item.class !== CLASS.weapon && item.name !== 'pick-axe') return 0;
  if (/bow$|^yumi$/.test(item.name)) {
    const missiles = world.items
      .filter(({ name }) => /arrow$|^ya$/.test(name))
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return missiles >= 8 && world.diary.archer ? 9 : 0;
  }
  const damage = DAMAGE.find(([pattern]) => pattern.test(item.name))?.[1] ?? 0;
  if (damage === 0) return 0;
  if (TWO_HANDED.test(item.name) && !item.wielded && world.wielded !== undefined) return 0;
  return damage + item.enchantment;
}
