/** Whether a worker's folders can be written: a full disk answers every question and fails every agent that has to be unpacked. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** As much as an agent of some files needs, and more than a full disk has left by rounding. */
const FILE_BYTES = 2 ** 20;
/** A disk that hangs is as good as one that is full. */
const MOST_MS = 10_000;

/**
 * Writes a file to each folder down to the disk, and leaves nothing. Rejects with the system's error, or after ten seconds.
 * @param folders paths by what a public page may call them
 */
export async function writeTo(folders: Readonly<Record<string, string>>): Promise<void> {
  const late = new AbortController();
  try {
    await Promise.race([
      Promise.all(Object.entries(folders).map(([name, folder]) => writeOne(name, folder))),
      delay(MOST_MS, undefined, { signal: late.signal, ref: false }).then(() => {
        throw new Error(
          `the disk of ${Object.keys(folders).join(' or ')} did not take a file within ${MOST_MS / 1000} s`,
        );
      }),
    ]);
  } finally {
    late.abort();
  }
}

async function writeOne(name: string, folder: string): Promise<void> {
  const path = join(folder, `write-check-${randomUUID()}`);
  try {
    // Somebody may have cleared a folder of temporary files.
    await mkdir(folder, { recursive: true, mode: 0o755 });
    const file = await open(path, 'wx', 0o600);
    try {
      // Without a name it is gone with this process, whatever happens.
      await unlink(path);
      await file.writeFile(Buffer.alloc(FILE_BYTES, 1));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    const said = (cause as Error).message.replace(/ ?'[^']*'/g, '');
    throw new Error(`nothing can be written to ${name}: ${said}`, { cause });
  }
}
