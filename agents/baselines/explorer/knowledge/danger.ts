import { MONSTERS, monsterNamed, type Monster } from './monsters.ts';

const names = (list: string): Set<number> =>
  new Set(list.split(', ').map((name) => monsterNamed(name).index));

/** Hitting these with hand or weapon hurts the one who hits more than them. They hardly move: walk around. */
const NEVER_MELEE = names(
  'floating eye, blue jelly, spotted jelly, brown mold, green mold, red mold, yellow mold, gas spore',
);
/** Touching these with bare hands is death. */
const NEVER_TOUCH = names('cockatrice, chickatrice');
/** Not to be attacked, ever: they are strong and leave one alone who leaves them alone. */
const LEAVE_ALONE = names(
  'shopkeeper, guard, watchman, watch captain, Oracle, aligned priest, high priest, prisoner',
);
/** They do not respect Elbereth, besides humans. */
const IGNORES_ELBERETH = names('minotaur, shopkeeper, guard, aligned priest, Death, Pestilence, Famine');
/** What they do is worse than their damage says. */
const NASTY = names(
  'soldier ant, dwarf, dwarf lord, dwarf king, werejackal, wererat, werewolf, homunculus, cockatrice, chickatrice, giant beetle, leocrotta, owlbear, cobra, giant spider, Woodland-elf, Green-elf, Grey-elf, soldier',
);

/** They steal what they can and teleport; most sleep until somebody comes. */
const THIEVES = names('wood nymph, water nymph, mountain nymph, leprechaun');

export const SHOPKEEPER = monsterNamed('shopkeeper').index;
const BLUE_JELLY = monsterNamed('blue jelly').index;
const BROWN_MOLD = monsterNamed('brown mold').index;
export const GAS_SPORE = monsterNamed('gas spore').index;
export const FLOATING_EYE = monsterNamed('floating eye').index;

export interface Fighter {
  readonly hp: number;
  readonly level: number;
  readonly armourClass: number;
  /** A monk or samurai without a weapon fights with the body. */
  readonly bareHanded: boolean;
  readonly blind: boolean;
  /** Stuck for so long that what hurts those who hit it is hit, if it is in the way. */
  readonly desperate: boolean;
}

/** May it be hit in melee at all? Those that may not are walked around or shot. */
export function mayMelee(monster: number, fighter: Fighter): boolean {
  // A gas spore's explosion takes 4d6, 24 at most.
  if (monster === GAS_SPORE) return fighter.hp > 25 || (fighter.desperate && fighter.hp > 15);
  // Its gaze paralyses for up to 127 turns whoever hits it and sees it: death where others are near. In a corridor with
  // nobody in sight it is not, and one game in twenty ended by hunger before an eye that sat there.
  if (monster === FLOATING_EYE) return fighter.blind || fighter.desperate;
  if (monster === BLUE_JELLY || monster === BROWN_MOLD) return fighter.desperate && fighter.hp > 80;
  // The other molds and jellies do up to 24 points back: a strong fighter takes that for the experience.
  if (NEVER_MELEE.has(monster)) return fighter.desperate || fighter.hp > 60;
  return !LEAVE_ALONE.has(monster) && !(fighter.bareHanded && NEVER_TOUCH.has(monster));
}

export function isLeftAlone(monster: number): boolean {
  return LEAVE_ALONE.has(monster);
}

/** Stays where it is and waits for someone to touch it. */
export function isPassive(monster: number): boolean {
  const facts = MONSTERS[monster];
  return NEVER_MELEE.has(monster) || facts?.letter === 'F' || facts?.letter === 'j' || facts?.speed === 0;
}

export function isThief(monster: number): boolean {
  return THIEVES.has(monster);
}

export function respectsElbereth(monster: number): boolean {
  const letter = MONSTERS[monster]?.letter;
  return letter !== '@' && letter !== 'A' && !IGNORES_ELBERETH.has(monster);
}

/** Hit points one turn beside this monster costs on average. */
export function damageRate(monster: Monster, fighter: Fighter): number {
  const hits = Math.min(0.95, Math.max(0.05, (10 + monster.level + fighter.armourClass) / 20));
  const nasty = NASTY.has(monster.index) ? 1.5 : 1;
  return ((monster.damage + 1) / 2) * hits * (monster.speed / 12) * nasty;
}
