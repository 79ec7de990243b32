import { wait, type Command } from '../command.ts';
import type { Navigator } from '../navigation/navigator.ts';
import type { World } from '../world.ts';

/** Nothing left to do here and not strong enough to go on: walks about, so that monsters come and are met. */
export function huntForMore(world: World, navigator: Navigator): Command | null {
  const { status, level, diary, random } = world;
  const field = world.stuckFor < 300 ? navigator.safe : navigator.daring;
  if (
    diary.hunting.level !== level.key ||
    diary.hunting.cell === status.cell ||
    !field.isReachable(diary.hunting.cell)
  ) {
    diary.hunting = { level: level.key, cell: field.nth(random.below(field.reached)) };
    return wait('hunt', 5);
  }
  return navigator.step('hunt', diary.hunting.cell, field) ?? wait('hunt', 5);
}
