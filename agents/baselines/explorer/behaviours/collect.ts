import type { Command } from '../command.ts';
import { armourSlot } from '../knowledge/gear.ts';
import { CLASS } from '../perception/inventory.ts';
import type { Navigator } from '../navigation/navigator.ts';
import type { World } from '../world.ts';

const WEAPONS =
  /^(?:.*dagger|dart|shuriken|throwing star|.*short sword|long sword|.*spear|mace|axe|morning star|scimitar|curved sword|.*broadsword|silver saber|katana|samurai sword|.*arrow|pick-axe)$/;
const FOOD =
  /^(?:food ration|cram ration|lembas wafer|K-ration|C-ration|apple|orange|pear|banana|carrot|melon|cream pie|candy bar|fortune cookie|pancake|slime mold|lump of royal jelly|sprig of wolfsbane|clove of garlic|tripe ration)$/;
const ARMOUR =
  /^(?:leather hat|iron skull cap|hard hat|plumed helmet|etched helmet|crested helmet|visored helmet|helmet|dented pot|walking shoes|low boots|iron shoes|hard shoes|high boots|jackboots|dwarvish mithril-coat|elven mithril-coat|small shield|blue and green shield|white-handed shield|red-eyed shield|dwarvish roundshield|large round shield|leather armor|studded leather armor|ring mail|orcish ring mail|crude ring mail|orcish chain mail|crude chain mail|chain mail|scale mail|splint mail|banded mail|bronze plate mail|.*cloak|.*cape|leather cloak|hooded cloak)$/;
/** Walks this far for a thing that is wanted. */
const REACH = 25;

/** Would this agent carry it? Gold, scrolls, potions and wands are picked up by walking over them. */
export function isWanted(name: string, world: World): boolean {
  if (FOOD.test(name)) return world.items.filter((item) => item.class === CLASS.food).length < 8;
  if (WEAPONS.test(name)) return wantsWeapon(name, world);
  return ARMOUR.test(name) && wantsArmour(name, world);
}

function wantsWeapon(name: string, world: World): boolean {
  if (world.diary.martial) return false;
  if (/arrow/.test(name)) return world.diary.archer;
  if (/dagger|dart|shuriken|star/.test(name)) return true;
  const same = world.items.some(
    (item) => item.class === CLASS.weapon && /sword|axe|mace|star|sabe|scimitar|spear|katana/.test(item.name),
  );
  return !same;
}

function wantsArmour(name: string, world: World): boolean {
  const slot = armourSlot(name);
  if (slot === null || (slot === 'body' && world.diary.martial) || (slot === 'shield' && world.diary.martial))
    return false;
  return !world.items.some((item) => item.class === CLASS.armour && armourSlot(item.name) === slot);
}

/** Goes for gold and useful things, and takes them. */
export function collect(world: World, navigator: Navigator): Command | null {
  const { status, level } = world;
  if (status.is('levitating') || status.load > 0 || world.attackers.some((foe) => foe.distance <= 4))
    return null;
  if (level.item[status.cell] && !level.leftItem[status.cell] && !level.forbidden[status.cell]) {
    level.leftItem[status.cell] = 1;
    if (isWanted(level.itemName(status.cell), world)) {
      return {
        by: 'pick up',
        keys: ',',
        choose: ({ text }) =>
          isWanted(
            text
              .replace(/^(?:an?|the|\d+) (?:(?:un)?cursed |blessed )?(?:[+-]\d+ )?/, '')
              .replace(/ \(.*$/, ''),
            world,
          ),
      };
    }
  }
  const field = navigator.safe;
  const target = field.nearest((cell) => {
    if (!level.item[cell] || level.leftItem[cell] || level.forbidden[cell]) return false;
    if (field.distanceTo(cell) > REACH && level.itemSymbol(cell) !== '$') return false;
    return /[$?!/]/.test(level.itemSymbol(cell)) || isWanted(level.itemName(cell), world);
  });
  return target < 0 ? null : navigator.step('collect', target);
}
