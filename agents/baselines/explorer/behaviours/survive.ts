import type { Command } from '../command.ts';
import { KEYS, wait } from '../command.ts';
import { damageRate, respectsElbereth } from '../knowledge/danger.ts';
import type { Navigator } from '../navigation/navigator.ts';
import type { Foe } from '../perception/foes.ts';
import { keyOf, lineTo } from '../perception/geometry.ts';
import { CLASS, type Item } from '../perception/inventory.ts';
import { HUNGER } from '../perception/status.ts';
import { TERRAIN } from '../perception/terrain.ts';
import type { World } from '../world.ts';

/**
 * A god helps if the last prayer is some time ago: the timeout starts at 300 and is at most 200 in trouble; after a
 * prayer it is drawn anew, nine in ten below 1,000.
 */
const FIRST_PRAYER = 110;
const BETWEEN_PRAYERS = 950;
/** In mortal danger a likely no is better than certain death. */
const BETWEEN_DESPERATE_PRAYERS = 550;
/**
 * Rays come back from walls: sleep holds a monster for some 78 turns and the player for some 25, so it is worth it; fire,
 * cold and lightning hurt both alike, but the player stands at the end of the way.
 */
const ATTACK_WANDS = [
  /of sleep/,
  /of cold/,
  /of fire|of lightning/,
  /striking|magic missile/,
  /of teleportation/,
  /slow monster/,
];
/** Six dice of six, when the ray comes back. */
const RAY_DAMAGE = 36;
const WEAK_WANDS = [/of sleep/, /of teleportation/, /striking/, /slow monster/];

function mayPray(world: World, between: number): boolean {
  const { turn } = world.status;
  const { lastPrayer } = world.diary;
  return lastPrayer < 0 ? turn > FIRST_PRAYER : turn - lastPrayer > between;
}

/** Prays when hit points or food run out, or for another deadly trouble. */
export function pray(world: World): Command | null {
  const { status, diary } = world;
  const dying =
    status.nearDeath ||
    status.is('stoned') ||
    status.is('slimed') ||
    status.is('foodPoisoned') ||
    status.is('ill');
  const starving = status.hunger >= HUNGER.weak;
  // While the one that bit is here the next bite may undo it, and low hit points will need the same prayer.
  const bitten = diary.lycanthrope && world.attackers.every((foe) => foe.distance > 6);
  if (!dying && !starving && !bitten) return null;
  if (status.polymorphLevel > 0 && status.nearDeath) return null;
  const urgent = dying || status.hunger >= HUNGER.fainting || bitten;
  const between = urgent ? BETWEEN_DESPERATE_PRAYERS : BETWEEN_PRAYERS;
  if (!mayPray(world, between)) return null;
  diary.lastPrayer = status.turn;
  diary.lycanthrope = false;
  return { by: 'pray', keys: KEYS.pray, answers: [{ when: /sure you want to pray/, keys: 'y' }] };
}

/** Hit points the foes beside the player take a turn, on average. */
export function threat(world: World, within = 1): number {
  let rate = 0;
  for (const foe of world.foes) {
    if (foe.peaceful || foe.distance > within) continue;
    rate += foe.facts ? damageRate(foe.facts, world.fighter) : 2;
  }
  return rate;
}

/** Close to death beside a foe, and no god will help: drinks what it has, known healing first. */
export function heal(world: World): Command | null {
  const { status } = world;
  const pressing = threat(world, 2);
  if (pressing === 0 || status.hp > Math.max(6, status.maxHp / 4, 2 * pressing)) return null;
  if (status.hp > status.maxHp / 2) return null;
  const potions = world.items.filter(
    (item) => item.class === CLASS.potion && !/water|acid|sickness|sleeping|blindness/.test(item.name),
  );
  // One unknown potion in ten heals; one in ten puts to sleep or blinds.
  const dying = status.hp <= Math.max(5, status.maxHp / 7);
  const potion = potions.find((item) => /healing/.test(item.name)) ?? (dying ? potions[0] : undefined);
  if (potion)
    return { by: 'heal', keys: 'q', then: potion.letter, answers: [{ when: /Drink from the/, keys: 'n' }] };
  if (!dying) return null;
  const scrolls = world.items.filter(
    (item) => item.class === CLASS.scroll && (item.name === 'scroll' || /teleport/.test(item.name)),
  );
  const scroll = scrolls.find((item) => /teleport/.test(item.name)) ?? scrolls[0];
  if (scroll && !status.is('blind') && !status.is('confused')) {
    return { by: 'read', keys: 'r', then: scroll.letter, choose: () => true };
  }
  return null;
}

/** Healers know healing and extra healing: 5 and 15 points of energy for some 15 and 25 hit points. */
export function castHealing(world: World): Command | null {
  const { status, diary } = world;
  if (status.energy < 5 || status.hunger >= HUNGER.weak || status.polymorphLevel > 0) return null;
  if (!diary.mayTry('cast healing', status.turn) || status.is('confused') || status.is('stunned'))
    return null;
  const pressing = threat(world, 2);
  const low = pressing > 0 ? status.hp < Math.max(status.maxHp * 0.4, 3 * pressing) : status.health < 0.5;
  if (!low || !world.items.some((item) => /^spellbook of (?:extra )?healing$/.test(item.name))) return null;
  if (/You don't know|too tired|You lack|fail to cast/.test(world.message))
    diary.pause('cast healing', status.turn, 30);
  return {
    by: 'cast healing',
    keys: 'Z',
    choose: ({ text }) => (status.energy >= 15 ? /^extra healing|^healing/ : /^healing/).test(text),
    answers: [{ when: /In what direction/, keys: '.' }],
  };
}

/** Losing a fight: upstairs if standing on them, else Elbereth in the dust, else through the floor, or to stairs that are near. */
export function escape(world: World, navigator: Navigator): Command | null {
  const { status, level, diary } = world;
  const pressing = threat(world);
  if (pressing === 0 || status.health > 0.45) return null;
  const losing = status.hp < 4 * pressing || status.health < 0.25;
  if (!losing) return null;
  const adjacent = world.hostiles.filter((foe) => foe.distance === 1);
  if (level.terrain[status.cell] === TERRAIN.stairsUp && status.depth > 1 && adjacent.length < 3) {
    if (diary.mayTry('flee', status.turn)) {
      diary.pause('flee', status.turn, 20);
      return { by: 'flee', keys: '<' };
    }
  }
  return elbereth(world, 'escape') ?? digOut(world) ?? toStairsUp(world, navigator);
}

/** A hole is left by nobody who does not fly after; whoever stands on stairs or an altar digs none. */
function digOut({ items, status, level, diary }: World): Command | null {
  const wand = items.find(({ name, unpaid }) => /wand of digging/.test(name) && !unpaid);
  if (!wand || level.terrain[status.cell] !== TERRAIN.floor || !diary.mayTry('dig out', status.turn))
    return null;
  diary.pause('dig out', status.turn, 10);
  return { by: 'dig out', keys: 'z', then: `${wand.letter}>` };
}

/** Farther than this those that follow do more harm than they would beside a hero who fights. */
const NEAR_STAIRS = 4;

/** To the way up, from those that are no faster. */
function toStairsUp({ status, level, hostiles, diary }: World, navigator: Navigator): Command | null {
  if (status.depth <= 1 || !diary.mayTry('flee', status.turn)) return null;
  const beside = hostiles.filter((foe) => foe.distance === 1);
  if (beside.some(({ facts }) => facts === undefined || facts.speed > 12)) return null;
  const stairs = navigator.safe.nearest((cell) => level.terrain[cell] === TERRAIN.stairsUp);
  if (stairs < 0 || navigator.safe.distanceTo(stairs) > NEAR_STAIRS) return null;
  return navigator.step('to stairs up', stairs);
}

/** Zaps a wand that is known to stop or hurt, at a foe in line that is winning. */
export function zap(world: World): Command | null {
  const { status, diary } = world;
  if (world.swallowed || threat(world, 2) * 5 < status.hp || !diary.mayTry('zap', status.turn)) return null;
  const wands = world.items.filter((item) => item.class === CLASS.wand && !item.unpaid);
  let wand: Item | undefined;
  for (const kind of status.hp > RAY_DAMAGE ? ATTACK_WANDS : WEAK_WANDS)
    wand ??= wands.find(({ name }) => kind.test(name));
  if (!wand || !diary.mayTry(`zap ${wand.letter}`, status.turn)) return null;
  for (const foe of world.attackers) {
    const direction = lineTo(status.cell, foe.cell);
    if (direction < 0 || foe.distance > 5) continue;
    if (/sleep/.test(wand.name) && !isWorthSleep(world, foe, direction)) continue;
    if (/You wrest|nothing happens/i.test(world.message))
      diary.pause(`zap ${wand.letter}`, status.turn, 5000);
    // Asleep it is not to be put to sleep again.
    diary.pause('zap', status.turn, /sleep/.test(wand.name) ? 12 : 1);
    return { by: 'zap', keys: 'z', then: wand.letter + keyOf(direction) };
  }
  return null;
}

/** The ray may come back: no use where others stay awake, nor against what bites for three. */
function isWorthSleep(world: World, foe: Foe, direction: number): boolean {
  const { cell: self } = world.status;
  if ((foe.facts?.level ?? 9) < 2) return false;
  return world.attackers.every(({ cell, distance }) => distance > 4 || lineTo(self, cell) === direction);
}

/** Stays on a fresh Elbereth to recover while it holds: whoever fights from it wipes it out. */
export function shelter(world: World): Command | null {
  const { status, level, diary } = world;
  const { cell, level: key, turn } = diary.engravedAt;
  if (cell !== status.cell || key !== level.key || turn < 0 || status.turn - turn > 300) return null;
  if (status.health > 0.75 || world.swallowed) return null;
  if (world.attackers.every((foe) => foe.distance > 8)) return null;
  if (world.wounds > 0 && status.turn - turn > 1) {
    diary.engravedAt = { cell: -1, level: -1, turn };
    return null;
  }
  return wait('shelter', 1);
}

/** Writes Elbereth if that scares all who are near, and it was not just tried here. */
export function elbereth(world: World, by: string): Command | null {
  const { status, level, diary } = world;
  const near = world.hostiles.filter((foe) => foe.distance <= 2);
  if (status.is('levitating') || status.is('blind') || status.is('confused')) return null;
  if (level.terrain[status.cell] !== TERRAIN.floor && level.terrain[status.cell] !== TERRAIN.corridor)
    return null;
  if (!near.every((foe) => foe.facts && respectsElbereth(foe.facts.index))) return null;
  const engraved = diary.engravedAt;
  // It fails one time in four; where it failed twice, more writing costs more blows than it saves.
  if (status.turn - engraved.turn < 3 || !diary.mayTry('engrave', status.turn)) return null;
  if (status.turn - engraved.turn < 12) diary.pause('engrave', status.turn, 20);
  diary.engravedAt = { cell: status.cell, level: level.key, turn: status.turn };
  return {
    by,
    keys: 'E',
    answers: [
      { when: /What do you want to write with/, keys: '-' },
      { when: /Do you want to add/, keys: 'n' },
      { when: /What do you want to (?:write|engrave|scribble|burn)/, keys: 'Elbereth\r' },
    ],
  };
}
