import type { Engine } from '../engine.ts';
import type { Crc32 } from './digest.ts';
import type { GoldenGame } from './game-file.ts';
import type { Verdict, Way } from './player.ts';
import { playGolden } from './player.ts';
import type { GoldenTask } from './task-file.ts';
import { playGoldenTask } from './task-player.ts';

export type { Way } from './player.ts';

/** Plays a recorded game each of the given ways, an episode through its task's own step. Null: all is as recorded. */
export function playRecorded(
  engine: Engine,
  golden: GoldenGame | GoldenTask,
  ways: readonly Way[],
  crc32: Crc32,
): Verdict {
  if ('task' in golden) return playGoldenTask(engine, golden, crc32);
  for (const way of ways) {
    const difference = playGolden(engine, golden, way, crc32);
    if (difference !== null) return { ...difference, message: `${difference.message} (${way} way)` };
  }
  return null;
}
