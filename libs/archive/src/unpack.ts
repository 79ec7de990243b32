import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DEFAULT_LIMITS, type ArchiveLimits } from './limits.ts';
import { readArchive } from './reader.ts';

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
    await makeFolder(fresh);
    await readArchive(Readable.from(slices(bytes)), limits, {
      folder: (path) => makeFolder(join(fresh, path), fresh),
      file: async (path, _size, content) => {
        const file = join(fresh, path);
        await makeFolder(dirname(file), fresh);
        await pipeline(content, createWriteStream(file, { flags: 'wx', mode: 0o644 }));
        await chmod(file, 0o644);
      },
    });
    await rename(fresh, target).catch(async (error: unknown) => {
      // Another shard of the same agent was quicker.
      if (!(await exists(target))) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Makes the folder and its parents below `root`, each 0755 whatever the umask is. */
async function makeFolder(path: string, root: string = path): Promise<void> {
  if (path !== root) await makeFolder(dirname(path), root);
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A Readable of 64 kB pieces; one of the whole archive would count as one chunk and pass the meters at once. */
function* slices(bytes: Uint8Array): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += 65_536) {
    yield Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(65_536, bytes.length - from));
  }
}
