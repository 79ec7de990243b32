import type { Command } from '../command.ts';
import { armourSlot, weaponWorth } from '../knowledge/gear.ts';
import { CLASS } from '../perception/inventory.ts';
import type { World } from '../world.ts';

/** Wears armour for a free place and wields a better weapon, when nobody is near. Each thing is tried once. */
export function equip(world: World): Command | null {
  const { status, diary } = world;
  if (world.attackers.some((foe) => foe.distance <= 5)) return null;
  return wear(world) ?? wield(world, status.turn, diary.mayTry.bind(diary));
}

function wear(world: World): Command | null {
  const { status, diary } = world;
  if (status.polymorphLevel > 0) return null;
  const worn = new Set(
    world.items
      .filter((item) => item.class === CLASS.armour && item.worn)
      .map((item) => armourSlot(item.name)),
  );
  const bodyWaits = world.items.some(
    (item) =>
      item.class === CLASS.armour &&
      !item.worn &&
      !item.cursed &&
      !item.unpaid &&
      armourSlot(item.name) === 'body' &&
      !diary.martial &&
      diary.mayTry(`wear ${item.letter} ${item.name}`, status.turn),
  );
  const cloak = world.items.find(
    (item) => item.worn && item.class === CLASS.armour && armourSlot(item.name) === 'cloak',
  );
  if (bodyWaits && cloak && !worn.has('body') && !cloak.cursed && diary.mayTry('take off', status.turn)) {
    diary.pause('take off', status.turn, 1000);
    return { by: 'take off', keys: 'T', then: cloak.letter };
  }
  for (const item of world.items) {
    if (item.class !== CLASS.armour || item.worn || item.cursed || item.unpaid) continue;
    const slot = armourSlot(item.name);
    const name = `wear ${item.letter} ${item.name}`;
    // Body armour does not go on under a cloak, a shield not with two-handed weapons.
    if (
      slot === null ||
      (diary.martial && (slot === 'body' || slot === 'shield')) ||
      worn.has(slot) ||
      (slot === 'body' && worn.has('cloak')) ||
      (slot === 'cloak' && !worn.has('body') && bodyWaits) ||
      !diary.mayTry(name, status.turn)
    )
      continue;
    if (
      slot === 'shield' &&
      /two-handed|quarterstaff|staff|bow|mattock|battle-axe|axe$/.test(world.wielded?.name ?? '')
    )
      continue;
    diary.pause(name, status.turn, 5000);
    return { by: 'wear', keys: 'W', then: item.letter };
  }
  return null;
}

function wield(world: World, turn: number, mayTry: (name: string, turn: number) => boolean): Command | null {
  if (world.wielded?.cursed) return null;
  const martial = world.wielded === undefined && world.diary.martial;
  if (martial) return null;
  const now = world.wielded ? weaponWorth(world.wielded, world) : 2;
  for (const item of world.items) {
    if (item.wielded || item.cursed || item.unpaid) continue;
    const name = `wield ${item.letter} ${item.name}`;
    if (weaponWorth(item, world) <= now + 1 || !mayTry(name, turn)) continue;
    world.diary.pause(name, turn, 300);
    return { by: 'wield', keys: 'w', then: item.letter };
  }
  return null;
}

/** Burdened: drops what weighs and does not help. */
export function lighten(world: World): Command | null {
  const { status, diary } = world;
  if (status.load === 0 || !diary.mayTry('lighten', status.turn)) return null;
  const useless = world.items.find(
    (item) =>
      !item.worn &&
      !item.wielded &&
      !item.unpaid &&
      (item.class === CLASS.gem ||
        item.class === CLASS.book ||
        /corpse|chest|box|statue|boulder|iron ball/.test(item.name)),
  );
  const spare =
    world.items.find((item) => item.class === CLASS.armour && !item.worn) ??
    world.items.find(
      (item) => item.class === CLASS.weapon && !item.wielded && !item.quivered && item.quantity === 1,
    );
  const item = useless ?? spare;
  diary.pause('lighten', status.turn, item ? 2 : 200);
  return item ? { by: 'lighten', keys: 'd', then: item.letter } : null;
}

/** Things picked up in a shop by accident are put back: the shopkeeper lets nobody out with them. */
export function putBack(world: World): Command | null {
  const { status, diary } = world;
  const item = world.items.find(({ unpaid }) => unpaid);
  if (!item || !diary.mayTry('put back', status.turn) || world.attackers.some((foe) => foe.distance === 1))
    return null;
  if (/You cannot drop|can't drop/.test(world.message)) diary.pause('put back', status.turn, 50);
  return { by: 'put back', keys: 'd', then: item.letter };
}
