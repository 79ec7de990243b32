import type { Command } from '../command.ts';
import { armourSlot } from '../knowledge/gear.ts';
import { MONSTERS } from '../knowledge/monsters.ts';
import { corpseOf } from '../perception/glyphs.ts';
import type { Level } from '../perception/level.ts';
import { CLASS } from '../perception/inventory.ts';
import type { Navigator } from '../navigation/navigator.ts';
import type { World } from '../world.ts';

const WEAPONS =
  /^(?:.*dagger|dart|shuriken|throwing star|.*short sword|long sword|.*spear|mace|axe|morning star|scimitar|curved sword|.*broadsword|silver saber|katana|two-handed sword|dwarvish mattock|broad pick|samurai sword|.*arrow|pick-axe)$/;
const FOOD =
  /^(?:food ration|cram ration|lembas wafer|K-ration|C-ration|apple|orange|pear|banana|carrot|melon|cream pie|candy bar|fortune cookie|pancake|slime mold|lump of royal jelly|sprig of wolfsbane|clove of garlic|tripe ration)$/;
const ARMOUR =
  /^(?:elven leather helm|orcish helm|dwarvish iron helm|leather hat|iron skull cap|hard hat|plumed helmet|etched helmet|crested helmet|visored helmet|helmet|dented pot|walking shoes|low boots|iron shoes|hard shoes|high boots|jackboots|dwarvish mithril-coat|elven mithril-coat|small shield|blue and green shield|white-handed shield|red-eyed shield|dwarvish roundshield|large round shield|leather armor|studded leather armor|ring mail|orcish ring mail|crude ring mail|orcish chain mail|crude chain mail|chain mail|scale mail|splint mail|banded mail|bronze plate mail|.*cloak|.*cape|leather cloak|hooded cloak)$/;
/** Walks this far for a thing that is wanted. */
const REACH = 25;
/** A thing that is not reached after so many steps is left. */
const MOST_STEPS = 90;

/** Would this agent carry it? Gold, scrolls, potions and wands are picked up by walking over them. */
export function isWanted(name: string, world: World): boolean {
  if (FOOD.test(name)) return world.items.filter((item) => item.class === CLASS.food).length < 8;
  if (WEAPONS.test(name)) return wantsWeapon(name, world);
  return ARMOUR.test(name) && wantsArmour(name, world);
}

function wantsWeapon(name: string, world: World): boolean {
  if (world.diary.martial) return false;
  if (/arrow/.test(name)) return world.diary.archer;
  if (world.wielded === undefined) return true;
  if (/dagger|dart|shuriken|star/.test(name)) return true;
  const same = world.items.some(
    (item) =>
      item.class === CLASS.weapon &&
      /sword|axe|mace|star|sabe|scimitar|spear|katana|mattock|broad pick/.test(item.name),
  );
  return !same;
}

function wantsArmour(name: string, world: World): boolean {
  const slot = armourSlot(name);
  if (slot === null || (slot === 'body' && world.diary.martial) || (slot === 'shield' && world.diary.martial))
    return false;
  return !world.items.some((item) => item.class === CLASS.armour && armourSlot(item.name) === slot);
}

/** The name of a thing as the game says it, without count, curse state, enchantment and brackets. */
function plain(text: string): string {
  return text
    .replace(
      /^(?:an?|the|\d+) (?:(?:un)?cursed |blessed )?(?:(?:very |thoroughly )?(?:rusty|corroded|burnt|rotted) )*(?:[+-]\d+ )?/,
      '',
    )
    .replace(/ \(.*$/, '');
}

/** Those that carry weapons and armour worth having. */
const CARRIERS = /dwarf|hobbit|orc|Uruk|gnome|elf|soldier|bugbear|human|were|centaur|ogre|watchman/;

function mayHideThings(level: Level, cell: number): boolean {
  const monster = corpseOf(level.item[cell] ?? 0);
  return monster >= 0 && CARRIERS.test(MONSTERS[monster]?.name ?? '');
}

/** Goes for gold and useful things, and takes them. */
export function collect(world: World, navigator: Navigator): Command | null {
  const { status, level } = world;
  if (
    status.is('levitating') ||
    status.polymorphLevel > 0 ||
    status.load > 0 ||
    world.attackers.some((foe) => foe.distance <= 4)
  )
    return null;
  if (level.item[status.cell] && !level.leftItem[status.cell] && !level.forbidden[status.cell]) {
    level.leftItem[status.cell] = 1;
    // What the dead carried lies under them; a single thing is named, and would be taken without a menu.
    const single = /You (?:see|feel) here (.*?)\./.exec(world.message)?.[1];
    const wanted =
      single === undefined
        ? isWanted(level.itemName(status.cell), world) || mayHideThings(level, status.cell)
        : isWanted(plain(single), world);
    if (wanted) return { by: 'pick up', keys: ',', choose: ({ text }) => isWanted(plain(text), world) };
  }
  const field = navigator.safe;
  const target = field.nearest((cell) => {
    if (!level.item[cell] || level.leftItem[cell] || level.forbidden[cell]) return false;
    if (field.distanceTo(cell) > REACH && level.itemSymbol(cell) !== '$') return false;
    return (
      /[$?!/]/.test(level.itemSymbol(cell)) ||
      isWanted(level.itemName(cell), world) ||
      mayHideThings(level, cell)
    );
  });
  if (target < 0) return null;
  // Some are seen and never reached, as the way to them is open from one side only.
  level.fetchSteps[target] = (level.fetchSteps[target] ?? 0) + 1;
  if ((level.fetchSteps[target] ?? 0) > MOST_STEPS) level.leftItem[target] = 1;
  return navigator.step('collect', target);
}

/** Not worth carrying, whatever else is taken up again. */
const JUNK = /corpse|boulder|statue|rock|chest|box|iron ball|iron chain/;

/** Back in its own shape: takes up what it dropped on the change. */
export function reclaim(world: World, navigator: Navigator): Command | null {
  const { status, level, diary } = world;
  const { dropped } = diary;
  if (dropped.level !== level.key || status.polymorphLevel > 0 || status.is('levitating')) return null;
  if (world.attackers.some((foe) => foe.distance <= 1)) return null;
  if (status.cell === dropped.cell) {
    diary.dropped = { level: -1, cell: -1 };
    return { by: 'reclaim', keys: ',', choose: ({ text }) => !JUNK.test(text) && !/for sale/.test(text) };
  }
  const step = navigator.step('reclaim', dropped.cell);
  if (!step || !diary.mayTry('reclaim', status.turn)) return null;
  if (world.random.below(100) === 0) diary.dropped = { level: -1, cell: -1 };
  return step;
}
