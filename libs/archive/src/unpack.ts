import { randomUUID } from 'node:crypto';
import { chmodSync, createWriteStream, writeFileSync } from 'node:fs';
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { DEFAULT_LIMITS, type ArchiveLimits } from './limits.ts';
import { readArchive, type ArchiveSink } from './reader.ts';

const SMALL_BYTES = 65_536;

/**
 * Unpacks an archive into the new folder `target`, checking it again: what lies in a database may have been put there by
 * an older version. Files 0644, folders 0755 whatever the archive says, and no owner but us. The folder appears whole or
 * not at all; if it is there already, it is left as it is. Throws ArchiveError and file system errors.
 */
export async function unpackArchive(
  bytes: Uint8Array,
  target: string,
  limits: ArchiveLimits = DEFAULT_LIMITS,
): Promise<void> {
  if (await exists(target)) return;
  const fresh = join(dirname(target), `unpacking-${randomUUID()}`);
  try {
    await mkdir(fresh, { recursive: true });
    await chmod(fresh, 0o755);
    await readArchive(Readable.from(slices(bytes)), limits, sinkInto(fresh));
    await rename(fresh, target).catch(async (error: unknown) => {
      // Another shard of the same agent was quicker.
      if (!(await exists(target))) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Writes entries into a folder that is there and empty: files 0644, folders 0755. */
export function sinkInto(folder: string): Required<Pick<ArchiveSink, 'folder' | 'file'>> {
  const made = new Set([folder]);
  return {
    folder: (path) => makeFolder(join(folder, path), made),
    file: async (path, size, content) => {
      const file = join(folder, path);
      await makeFolder(dirname(file), made);
      // Each turn through the thread pool costs up to 0.5 ms on a busy machine, which 4,000 small modules would feel.
      if (size <= SMALL_BYTES) writeFileSync(file, await buffer(content), { flag: 'wx' });
      else await pipeline(content, createWriteStream(file, { flags: 'wx' }));
      chmodSync(file, 0o644);
    },
  };
}

/** Makes the folder and its parents down from those made already, each 0755 whatever the umask is. */
async function makeFolder(path: string, made: Set<string>): Promise<void> {
  if (made.has(path)) return;
  await makeFolder(dirname(path), made);
  await mkdir(path);
  await chmod(path, 0o755);
  made.add(path);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A Readable of 64 kB pieces; one of the whole archive would count as one chunk and pass the meters at once. */
export function* slices(bytes: Uint8Array): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += 65_536) {
    yield Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(65_536, bytes.length - from));
  }
}
