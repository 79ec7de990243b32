/** Unpacked submissions by their sha256, made when first wanted. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '@arena/archive';
import { decodeDocument, encodeContents, type ArchiveBox } from '@arena/archive/boxed';
import type { ArchiveRepository } from '@arena/persistence';
import { readManifest, type Manifest } from '@arena/protocol';
import { askDatabase, confirmed } from '../service/outside-faults.ts';

export interface UnpackedAgent {
  /** What a sandbox unpacked: to be mounted, never looked into. */
  folder: string;
  manifest: Manifest;
}

/** Beside each other in a submission's folder: its files, and what the box said of them. */
const FILES = 'files';
const CONTENTS = 'contents.json';

export class AgentCache {
  readonly #archives: ArchiveRepository;
  readonly #box: ArchiveBox;
  readonly #directory: string;
  readonly #runtimes: readonly string[];

  /**
   * @param directory this user's alone to write, and any uid's to come to
   * @param runtimes names of those that are offered here
   */
  constructor(archives: ArchiveRepository, box: ArchiveBox, directory: string, runtimes: readonly string[]) {
    this.#archives = archives;
    this.#box = box;
    this.#directory = directory;
    this.#runtimes = runtimes;
  }

  /**
   * The agent of an archive. Rejects if the archive is missing, damaged or no agent: the upload was checked, so all of
   * these are the platform's fault.
   */
  async open(sha256: string): Promise<UnpackedAgent> {
    const folder = join(this.#directory, sha256);
    // The folder appears whole or not at all; only the first shard on this machine has to fetch the bytes.
    if (!existsSync(folder)) await this.#unpack(sha256, folder);
    const { files, manifest } = decodeDocument(
      await readFile(join(folder, CONTENTS), 'utf8'),
      DEFAULT_LIMITS,
    );
    return {
      folder: join(folder, FILES),
      manifest: readManifest(manifest, (path) => files.has(path), this.#runtimes),
    };
  }

  async #unpack(sha256: string, folder: string): Promise<void> {
    const bytes = await askDatabase(this.#archives.read(sha256));
    if (!bytes) throw new Error(`archive ${sha256} is not in the database`);
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256)
      throw new Error(`archive ${sha256} is damaged in the database: its bytes are ${found}'s`);
    await mkdir(this.#directory, { recursive: true, mode: 0o755 });
    const fresh = join(this.#directory, `unpacking-${randomUUID()}`);
    await mkdir(fresh, { mode: 0o755 });
    try {
      // How large uploads may be is the API's to say.
      const limits = { ...DEFAULT_LIMITS, compressedBytes: bytes.length };
      const contents = await this.#box
        .unpack(bytes, join(fresh, FILES), limits)
        .catch(async (error: unknown) => {
          throw await confirmed(error, fresh);
        });
      await writeFile(join(fresh, CONTENTS), encodeContents(contents));
      await rename(fresh, folder).catch((error: unknown) => {
        // Another shard of the same agent was quicker.
        if (!existsSync(folder)) throw error;
      });
    } finally {
      // Nothing runs in it, and no link is followed.
      await rm(fresh, { recursive: true, force: true });
    }
  }
}
