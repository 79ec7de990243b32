import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { words } from './encoding.ts';
import { asGoldenTask, type GoldenTask } from './task-file.ts';

/** A recorded game: what entered it, its keys, and a digest of every observation. */
export interface GoldenGame {
  readonly id: string;
  readonly kind: string;
  readonly core: string;
  readonly disp: string;
  readonly reseed: boolean;
  readonly wizard: boolean;
  readonly spawnMonsters: boolean;
  readonly character: string;
  readonly options: string;
  readonly clock: number;
  readonly tape: Uint8Array;
  readonly done: boolean;
  readonly howDone: number | null;
  readonly observations: number;
  /** One a step: CRC-32 of the 17 field CRCs. */
  readonly stepCrc: Uint32Array;
  readonly fieldEvery: number;
  /** 17 for every `fieldEvery`-th observation. */
  readonly fieldCrc: Uint32Array;
}

export class NoGoldenGame extends Error {
  override readonly name = 'NoGoldenGame';
}

/** Reads `<id>.json.gz`: a game or an episode of a task; anything else throws NoGoldenGame. */
export function readGolden(path: string): GoldenGame | GoldenTask {
  let raw: Record<string, unknown>;
  try {
    const bytes = readFileSync(path);
    const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    raw = JSON.parse(text.toString('utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw new NoGoldenGame(
      `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  const task = asGoldenTask(raw);
  if (task !== null) return task;
  if (
    typeof raw['tape'] !== 'string' ||
    typeof raw['stepCrc'] !== 'string' ||
    typeof raw['fieldCrc'] !== 'string'
  ) {
    throw new NoGoldenGame(`${path} is no golden game: it has no tape or no digests, and is no task trace`);
  }
  return {
    ...(raw as unknown as GoldenGame),
    tape: Uint8Array.from(Buffer.from(raw['tape'], 'base64')),
    stepCrc: words(raw['stepCrc']),
    fieldCrc: words(raw['fieldCrc']),
  };
}

/** The `.json.gz` and `.json` files among the given paths and, sorted, below the given folders. */
export function findGolden(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (!statSync(path).isDirectory()) return [path];
    const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    return entries.flatMap((entry) => {
      const below = join(path, entry.name);
      if (entry.isDirectory()) return findGolden([below]);
      return /\.json(\.gz)?$/.test(entry.name) ? [below] : [];
    });
  });
}
