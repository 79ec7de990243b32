/** Unpacked submissions by their sha256, made when first wanted. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackArchive } from '@arena/archive';
import type { ArchiveRepository } from '@arena/persistence';
import { AICROWD_FILE, CONFIG_FILE_2021, MANIFEST_FILE, readManifest, type Manifest } from '@arena/protocol';

export interface UnpackedAgent {
  folder: string;
  manifest: Manifest;
}

export class AgentCache {
  readonly #archives: ArchiveRepository;
  readonly #directory: string;
  readonly #runtimes: readonly string[];

  /** @param runtimes names of those that are offered here */
  constructor(archives: ArchiveRepository, directory: string, runtimes: readonly string[]) {
    this.#archives = archives;
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
    const name = existsSync(join(folder, MANIFEST_FILE)) ? MANIFEST_FILE : AICROWD_FILE;
    const configured = existsSync(join(folder, CONFIG_FILE_2021));
    const file = {
      ...{ name, bytes: await readFile(join(folder, name)) },
      config: configured ? await readFile(join(folder, CONFIG_FILE_2021)) : null,
    };
    return { folder, manifest: readManifest(file, (path) => existsSync(join(folder, path)), this.#runtimes) };
  }

  async #unpack(sha256: string, folder: string): Promise<void> {
    const bytes = await this.#archives.read(sha256);
    if (!bytes) throw new Error(`archive ${sha256} is not in the database`);
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256)
      throw new Error(`archive ${sha256} is damaged in the database: its bytes are ${found}'s`);
    await mkdir(this.#directory, { recursive: true, mode: 0o755 });
    await unpackArchive(bytes, folder);
  }
}
