import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { LoaderError } from './errors.ts';
import type { EngineSource } from './modules.ts';

/** Where the build puts its results: nle-wasm/out. */
export const ENGINE_FOLDER = fileURLToPath(new URL('../out/', import.meta.url));

/** Reads the built engine from disk. Rejects with LoaderError `bad_engine` when it was not built yet. */
export async function readEngine(folder: string = ENGINE_FOLDER): Promise<EngineSource> {
  try {
    const [summary, host, step] = await Promise.all([
      readFile(`${folder}/engine.json`, 'utf8'),
      readFile(`${folder}/engine.wasm`),
      readFile(`${folder}/engine-step.wasm`),
    ]);
    const { id } = JSON.parse(summary) as { id: string };
    return { id, host, step };
  } catch (cause) {
    throw new LoaderError('bad_engine', `the engine is not built (${folder}); run: npm run build:engine`, {
      cause,
    });
  }
}
