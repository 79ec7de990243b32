import { readManifest, type ManifestFile } from './aicrowd.ts';
import { ManifestError } from './manifest-errors.ts';
import { entryFile, type Manifest } from './manifest.ts';
import { RUNTIMES } from './runtimes.ts';

/** The manifest is sound and names an entry that the submission does not have. */
export class EntryMissingError extends ManifestError {
  /** `file`: the manifest's name. */
  constructor(entry: string, file: string) {
    // what a template of WebAssembly lacks at first
    const way = entry.endsWith('.wasm')
      ? 'Compile it (make, or npm run build), or correct the name'
      : 'Correct the name, or add the file';
    const message = `found ${JSON.stringify(entry)}, and there is no such file. ${way}`;
    super([{ field: 'entry', message }], file);
    this.name = 'EntryMissingError';
  }
}

/**
 * The manifest of a whole submission, whose entry is there. `has` tells whether the submission has a file; `runtimes`
 * those that are known, null where that is for another to judge. Throws
 * {@link ManifestError}, {@link EntryMissingError} among them.
 */
export function agentManifest(
  file: ManifestFile,
  has: (path: string) => boolean,
  runtimes: readonly string[] | null = RUNTIMES,
): Manifest {
  const manifest = readManifest(file, has, runtimes);
  const entry = entryFile(manifest);
  if (!has(entry)) throw new EntryMissingError(entry, file.name);
  return manifest;
}
