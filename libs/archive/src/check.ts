import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { readContents, type Contents } from './contents.ts';
import { DEFAULT_LIMITS, type ArchiveLimits } from './limits.ts';

/** An upload that may be stored. */
export interface CheckedArchive extends Contents {
  /** The .tar.gz as it came. */
  bytes: Buffer;
  /** Of these bytes, hexadecimal. */
  sha256: string;
}

/** Reads an upload while it streams, in this very process. Throws ArchiveError. Nothing touches a disk. */
export async function checkArchive(
  source: Readable,
  limits: ArchiveLimits = DEFAULT_LIMITS,
): Promise<CheckedArchive> {
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  const contents = await readContents(source, limits, {
    compressed: (chunk) => {
      chunks.push(chunk);
      hash.update(chunk);
    },
  });
  return { ...contents, bytes: Buffer.concat(chunks), sha256: hash.digest('hex') };
}
