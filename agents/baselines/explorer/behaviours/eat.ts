import type { Command } from '../command.ts';
import { isSafeCorpse, neverRots } from '../knowledge/corpses.ts';
import { MONSTERS } from '../knowledge/monsters.ts';
import type { Navigator } from '../navigation/navigator.ts';
import { corpseOf } from '../perception/glyphs.ts';
import { CLASS } from '../perception/inventory.ts';
import { HUNGER } from '../perception/status.ts';
import type { World } from '../world.ts';

/** Rot begins to hurt at 50 turns' age; the walk and the meal take some of them. */
const FRESH = 25;
/** Below this estimate a corpse is eaten on the way. 1,000 more would choke. */
const ROOM_FOR_MORE = 900;

const FOOD: readonly RegExp[] = [
  /^(?:apple|orange|pear|melon|banana|carrot|sprig of wolfsbane|clove of garlic|slime mold|lump of royal jelly|kelp frond|eucalyptus leaf)$/,
  /^(?:cream pie|candy bar|fortune cookie|pancake|tortilla|meatball|huge chunk of meat|meat stick|egg)$/,
  /^(?:cram ration|food ration|lembas wafer|K-ration|C-ration|gunyoki|food rations)$/,
  /^lichen corpse$/,
];

/** Eats from the pack when hungry, small things first; not with a foe beside. */
export function eatCarried(world: World): Command | null {
  const { status, diary } = world;
  if (status.hunger < HUNGER.hungry || world.attackers.some((foe) => foe.distance <= 2)) return null;
  if (!diary.mayTry('eat carried', status.turn)) return null;
  for (const kind of FOOD) {
    const item = world.items.find(
      (food) => food.class === CLASS.food && kind.test(food.name) && !food.unpaid,
    );
    if (!item) continue;
    diary.pause('eat carried', status.turn, 4);
    diary.ate(item.name);
    return { by: 'eat', keys: 'e', then: item.letter, answers: [{ when: /eat (?:it|one)\?/, keys: 'n' }] };
  }
  return null;
}

/** Eats what it has just killed, where that is safe and there is room. */
export function eatCorpse(world: World, navigator: Navigator): Command | null {
  const { status, level, diary } = world;
  if (status.hunger === HUNGER.satiated || diary.nutrition > ROOM_FOR_MORE) return null;
  if (world.attackers.some((foe) => foe.distance <= 3)) return null;
  for (const [cell, turn] of level.corpseTurn) {
    const monster = corpseOf(level.item[cell] ?? 0);
    if (monster < 0 || (status.turn - turn > FRESH && !neverRots(monster))) {
      level.corpseTurn.delete(cell);
      continue;
    }
    if (!isSafeCorpse(monster, diary.kin) || level.forbidden[cell]) continue;
    if (cell === status.cell) {
      level.corpseTurn.delete(cell);
      const name = MONSTERS[monster]?.name ?? '';
      diary.ate(`${name} corpse`);
      return {
        by: 'eat corpse',
        keys: 'e',
        answers: [
          { when: new RegExp(`\\b(?:an?|\\d+) (?:partly eaten )?${name} corpses? here; eat`), keys: 'y' },
        ],
      };
    }
    if (navigator.safe.distanceTo(cell) <= 10) return navigator.step('to corpse', cell);
  }
  return null;
}
