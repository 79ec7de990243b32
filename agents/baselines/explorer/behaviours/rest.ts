import { wait, type Command } from '../command.ts';
import type { World } from '../world.ts';

/** Regains hit points where nobody is in sight: searching passes the time and may find something. */
export function rest(world: World): Command | null {
  const { status, diary } = world;
  const wanted = 0.75;
  const resting = !diary.mayTry('stop resting', status.turn);
  if (status.health >= (resting ? 0.95 : wanted) || status.hunger >= 3) return null;
  const nearest = world.attackers[0]?.distance ?? 99;
  if (nearest <= 6) {
    // Weak and watched: lets them come rather than walking about. Some never come.
    if (nearest < 2 || status.health > 0.6 || !diary.mayTry('stand', status.turn)) return null;
    if (world.random.below(30) === 0) diary.pause('stand', status.turn, 30);
    return wait('stand', 1);
  }
  if (!resting) diary.pause('stop resting', status.turn, 400);
  world.level.searched[status.cell] = (world.level.searched[status.cell] ?? 0) + 10;
  return wait('rest', 10);
}

/** Blind, stunned, confused: waits until it passes, as a step may go anywhere. */
export function sitOut(world: World): Command | null {
  const { status, diary } = world;
  const ill =
    status.is('blind') || status.is('stunned') || status.is('confused') || status.is('hallucinating');
  if (!ill || !diary.mayTry('sit out', status.turn)) return null;
  if (status.is('hallucinating') && !status.is('blind') && !status.is('stunned') && !status.is('confused'))
    return null;
  // A blindness of hundreds of turns is not waited for at once.
  if (world.random.below(60) === 0) diary.pause('sit out', status.turn, 40);
  return wait('sit out', world.hostiles.length > 0 ? 1 : 5);
}
