import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { ArchiveError } from './errors.ts';
import { DEFAULT_LIMITS, type ArchiveLimits } from './limits.ts';
import { readArchive } from './reader.ts';

export const MANIFEST = 'arena.json';
/** The file that submissions of 2021 have instead. */
export const MANIFEST_OF_2021 = 'aicrowd.json';

/** By which these say how many environments they play; at the top, too. */
export const CONFIG_OF_2021 = 'submission_config.py';

export interface CheckedArchive {
  /** The .tar.gz as it came. */
  bytes: Buffer;
  /** Of these bytes, hexadecimal. */
  sha256: string;
  /** Path → size of each file. */
  files: ReadonlyMap<string, number>;
  /**
   * arena.json, or without it aicrowd.json, not yet looked into; with a submission_config.py of at most `manifestBytes`, else
   * null.
   */
  manifest: { name: string; bytes: Buffer; config: Buffer | null };
}

/** Reads an upload while it streams. Throws {@link ArchiveError}. Nothing touches a disk. */
export async function checkArchive(
  source: Readable,
  limits: ArchiveLimits = DEFAULT_LIMITS,
): Promise<CheckedArchive> {
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  const files = new Map<string, number>();
  const read = new Map<string, Buffer>();
  await readArchive(source, limits, {
    compressed: (chunk) => {
      chunks.push(chunk);
      hash.update(chunk);
    },
    file: async (path, size, content) => {
      files.set(path, size);
      if (path !== MANIFEST && path !== MANIFEST_OF_2021 && path !== CONFIG_OF_2021) return;
      if (size > limits.manifestBytes && path === CONFIG_OF_2021) return;
      if (size > limits.manifestBytes) {
        throw new ArchiveError(
          'archive_manifest_too_large',
          `${path} is larger than ${limits.manifestBytes} bytes.`,
        );
      }
      const parts: Buffer[] = [];
      for await (const part of content) parts.push(part as Buffer);
      read.set(path, Buffer.concat(parts));
    },
  });
  const name = read.has(MANIFEST) ? MANIFEST : MANIFEST_OF_2021;
  const manifest = read.get(name);
  if (!manifest) {
    const elsewhere = [...files.keys()].find((path) => path.endsWith(`/${MANIFEST}`));
    throw new ArchiveError(
      'archive_no_manifest',
      elsewhere === undefined
        ? `The archive has no ${MANIFEST} at its top.`
        : `${MANIFEST} must lie at the archive's top, not in a folder (${elsewhere}). Pack from inside the folder: tar czf agent.tar.gz -C FOLDER .`,
    );
  }
  return {
    bytes: Buffer.concat(chunks),
    sha256: hash.digest('hex'),
    files,
    manifest: { name, bytes: manifest, config: read.get(CONFIG_OF_2021) ?? null },
  };
}
