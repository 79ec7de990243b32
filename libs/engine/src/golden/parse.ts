import type { GoldenGame } from './game-file.ts';
import { asGoldenGame } from './game-file.ts';
import type { GoldenTask } from './task-file.ts';
import { asGoldenTask } from './task-file.ts';

export class NoGoldenGame extends Error {
  override readonly name = 'NoGoldenGame';
}

/** The text of a recorded game or episode; anything else throws NoGoldenGame, which names `origin`. */
export function parseGolden(json: string, origin: string): GoldenGame | GoldenTask {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (cause) {
    throw new NoGoldenGame(`${origin} is no JSON: ${String(cause)}`, { cause });
  }
  const entries = (raw ?? {}) as Record<string, unknown>;
  const golden = asGoldenTask(entries) ?? asGoldenGame(entries);
  if (golden !== null) return golden;
  throw new NoGoldenGame(`${origin} is no golden game: it has no tape or no digests, and is no task trace`);
}
