import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ArchiveError } from './errors.ts';
import type { ArchiveLimits } from './limits.ts';
import { readArchive, type ArchiveSink } from './reader.ts';

export const MANIFEST = 'arena.json';
/** The file that submissions of 2021 have instead. */
export const MANIFEST_OF_2021 = 'aicrowd.json';
/** By which these say how many environments they play; at the top, too. */
export const CONFIG_OF_2021 = 'submission_config.py';

/** What is in an archive. */
export interface Contents {
  /** Path → size of each file. */
  files: ReadonlyMap<string, number>;
  /**
   * arena.json, or without it aicrowd.json, not yet looked into; with a submission_config.py of at most `manifestBytes`, else
   * null.
   */
  manifest: { name: string; bytes: Buffer; config: Buffer | null };
}

/** Reads an archive while it streams and hands its entries on to `sink`. Throws {@link ArchiveError} and the sink's errors. */
export async function readContents(
  source: Readable,
  limits: ArchiveLimits,
  sink: Partial<ArchiveSink> = {},
): Promise<Contents> {
  const files = new Map<string, number>();
  const read = new Map<string, Buffer>();
  await readArchive(source, limits, {
    ...sink,
    file: async (path, size, content) => {
      files.set(path, size);
      const isManifest = path === MANIFEST || path === MANIFEST_OF_2021;
      if (!isManifest && (path !== CONFIG_OF_2021 || size > limits.manifestBytes))
        return sink.file?.(path, size, content);
      if (size > limits.manifestBytes) {
        throw new ArchiveError(
          'archive_manifest_too_large',
          `${path} is larger than ${limits.manifestBytes} bytes.`,
        );
      }
      const bytes = await buffer(content);
      read.set(path, bytes);
      return sink.file?.(path, size, Readable.from([bytes]));
    },
  });
  const name = read.has(MANIFEST) ? MANIFEST : MANIFEST_OF_2021;
  const bytes = read.get(name);
  if (bytes) return { files, manifest: { name, bytes, config: read.get(CONFIG_OF_2021) ?? null } };
  const elsewhere = [...files.keys()].find((path) => path.endsWith(`/${MANIFEST}`));
  throw new ArchiveError(
    'archive_no_manifest',
    elsewhere === undefined
      ? `The archive has no ${MANIFEST} at its top.`
      : `${MANIFEST} must lie at the archive's top, not in a folder (${elsewhere}). Pack from inside the folder: tar czf agent.tar.gz -C FOLDER .`,
  );
}
