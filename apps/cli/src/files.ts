import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { CommandError } from './usage.ts';

/**
 * Writes a file that is there whole or not at all. Throws CommandError if there is one of that name already and
 * `overwrite` is false.
 */
export async function saveFile(
  path: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  overwrite: boolean,
): Promise<number> {
  if (!overwrite && existsSync(path))
    throw new CommandError(`${path} is there already; choose another name or say --force`);
  const beside = `${path}.${randomUUID().slice(0, 8)}.part`;
  let bytes = 0;
  const file = await open(beside, 'wx').catch((error: unknown) => {
    // the name that was asked for says more than the one beside it
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  });
  try {
    for await (const piece of content) {
      await file.write(piece);
      bytes += piece.length;
    }
    await file.close();
    await rename(beside, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(beside, { force: true });
    throw error;
  }
  return bytes;
}

/** `name.end`, or `name-2.end` … if that is taken. */
export function freeName(name: string, end: string): string {
  for (let number = 1; ; number++) {
    const path = number === 1 ? `${name}${end}` : `${name}-${number}${end}`;
    if (!existsSync(path)) return path;
  }
}

/** 4,321 as `4.3 kB`. */
export function sizeOf(bytes: number): string {
  return bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(1)} kB`;
}
