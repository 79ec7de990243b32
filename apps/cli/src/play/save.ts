import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GameResult } from '@arena/evaluation';
import { encodeTape } from '@arena/tape';
import { freeName, saveFile } from '../files.ts';

export interface SavedTape {
  readonly id: string;
  readonly path: string;
}

/** Keeps the games' tapes in a folder, which is made; never overwrites one. */
export async function saveTapes(
  folder: string,
  results: readonly Pick<GameResult, 'id' | 'tape'>[],
): Promise<SavedTape[]> {
  await mkdir(folder, { recursive: true });
  const saved: SavedTape[] = [];
  for (const { id, tape } of results) {
    if (tape === null) continue;
    const path = freeName(join(folder, `game-${Number(id) + 1}`), '.tape');
    await saveFile(path, [await encodeTape(tape)], false);
    saved.push({ id, path });
  }
  return saved;
}
