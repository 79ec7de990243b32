import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoaderError } from './errors.ts';
import type { EngineSource } from './modules.ts';

/** Where the build puts its results: nle-wasm/out. */
export const ENGINE_FOLDER = fileURLToPath(new URL('../out/', import.meta.url));

const REMEDY = 'run: npm run build:engine';

/**
 * Reads the built engine from disk and checks that both files are those that engine.json lists: a game's id names the
 * engine that scored it, so a damaged or exchanged file must not play. Rejects with LoaderError `bad_engine`.
 */
export async function readEngine(folder: string = ENGINE_FOLDER): Promise<EngineSource> {
  const { id, sums } = readSummary(folder, await read(folder, 'engine.json'));
  const [host, step] = await Promise.all([
    readChecked(folder, 'engine.wasm', sums),
    readChecked(folder, 'engine-step.wasm', sums),
  ]);
  return { id, host, step };
}

interface Summary {
  id: string;
  /** sha256 by name of the file. */
  sums: Readonly<Record<string, string | undefined>>;
}

interface Written {
  id?: unknown;
  files?: Record<string, { sha256?: unknown } | null>;
}

function readSummary(folder: string, bytes: Buffer): Summary {
  const { id, files = {} } = parse(bytes) ?? {};
  const sums: Record<string, string | undefined> = {};
  for (const [name, file] of Object.entries(files))
    sums[name] = typeof file?.sha256 === 'string' ? file.sha256 : undefined;
  if (typeof id !== 'string' || id !== sums['engine.wasm']) {
    throw new LoaderError(
      'bad_engine',
      `${join(folder, 'engine.json')} is damaged: it does not say which engine lies there; ${REMEDY}`,
    );
  }
  return { id, sums };
}

/** null for what is no JSON: damaged is damaged, whatever the parser met first. */
function parse(bytes: Buffer): Written | null {
  try {
    return JSON.parse(bytes.toString('utf8')) as Written | null;
  } catch {
    return null;
  }
}

async function readChecked(
  folder: string,
  name: string,
  sums: Summary['sums'],
): Promise<Buffer<ArrayBuffer>> {
  const bytes = await read(folder, name);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== sums[name]) {
    throw new LoaderError(
      'bad_engine',
      `${join(folder, name)} is not the file that engine.json lists (its sha256 is ${sha256.slice(0, 12)}…, ` +
        `listed is ${sums[name]?.slice(0, 12) ?? 'none'}…): it was damaged or exchanged after the build; ${REMEDY}`,
    );
  }
  return bytes;
}

async function read(folder: string, name: string): Promise<Buffer<ArrayBuffer>> {
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new LoaderError(
      'bad_engine',
      code === 'ENOENT'
        ? `the engine is not built (there is no ${join(folder, name)}); ${REMEDY}`
        : `the engine cannot be read: ${message}; ${REMEDY}`,
      { cause },
    );
  }
}
