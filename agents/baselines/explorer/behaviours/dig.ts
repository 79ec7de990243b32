import type { Command } from '../command.ts';
import { TERRAIN } from '../perception/terrain.ts';
import type { World } from '../world.ts';
import { mayDescend } from './descend.ts';

const PICK = /^(?:pick-axe|dwarvish mattock|broad pick)$/;

/** With a pick-axe the way down is where one stands: for levels whose stairs are not to be found. */
export function digDown(world: World): Command | null {
  const { status, level, diary } = world;
  if (
    status.is('levitating') ||
    status.polymorphLevel > 0 ||
    world.attackers.some((foe) => foe.distance <= 3)
  )
    return null;
  const pick = world.items.find((item) => PICK.test(item.name) && !item.unpaid);
  if (!pick || !mayDescend(world) || level.forbidden[status.cell] || !diary.mayTry('dig', status.turn))
    return null;
  const terrain = level.terrain[status.cell];
  if (terrain !== TERRAIN.floor && terrain !== TERRAIN.corridor) return null;
  // Some floors are too hard (Sokoban, the Wizard's Tower), and a cursed tool in hand stays there.
  if (/too hard|can't (?:reach|dig)|cannot (?:reach|dig)|enough room|isn't possible/.test(world.message)) {
    diary.pause('dig', status.turn, 200);
    return null;
  }
  return {
    by: 'dig',
    keys: 'a',
    then: pick.letter,
    answers: [{ when: /In what direction do you want to dig/, keys: '>' }],
  };
}
