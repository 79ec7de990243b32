import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { GoldenGame } from './game-file.ts';
import { NoGoldenGame, parseGolden } from './parse.ts';
import type { GoldenTask } from './task-file.ts';

/** The JSON text of `<id>.json.gz`, or of the same file unpacked; throws NoGoldenGame where it cannot be read. */
export function readGoldenText(path: string): string {
  try {
    const bytes = readFileSync(path);
    const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    return text.toString('utf8');
  } catch (cause) {
    throw new NoGoldenGame(
      `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** Reads `<id>.json.gz`: a game or an episode of a task; anything else throws NoGoldenGame. */
export function readGolden(path: string): GoldenGame | GoldenTask {
  return parseGolden(readGoldenText(path), path);
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
