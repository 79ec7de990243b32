import type { Logger } from '@nestjs/common';
import { Router } from 'express';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveFolder } from './folder.ts';

/** What a browser needs to play a tape, and nothing else of the folder. */
const FILES = ['engine.wasm', 'engine-step.wasm', 'engine.json'];
const LICENSE = 'LICENSE';

/** The id of the engine in a folder, from its engine.json; null where there is none, with a warning. */
export function readEngineId(engineDir: string | null, logger: Pick<Logger, 'warn'>): string | null {
  if (engineDir === null) return null;
  try {
    const { id } = JSON.parse(readFileSync(join(engineDir, 'engine.json'), 'utf8')) as { id?: unknown };
    if (typeof id === 'string' && /^[0-9a-f]{64}$/.test(id)) return id;
    logger.warn(`${engineDir}/engine.json has no engine id: replays in browsers are off`);
  } catch (error) {
    logger.warn(
      `no engine in ${engineDir} (${(error as Error).message}): replays in browsers are off. npm run build:engine`,
    );
  }
  return null;
}

/** /engine/<id>/<file>: the id is the sha256 of the content, so browsers keep it for ever. */
export async function engineFiles(engineDir: string, engineId: string): Promise<Router> {
  const router = Router();
  const files = await serveFolder(engineDir, {
    cacheControl: (name) =>
      name === LICENSE ? 'public, max-age=3600' : 'public, max-age=31536000, immutable',
  });
  router.get(
    FILES.map((file) => `/engine/${engineId}/${file}`),
    (request, response, next) => {
      request.url = request.url.slice(`/engine/${engineId}`.length);
      files(request, response, next);
    },
  );
  // The engine is built from NetHack's sources and is under their licence wherever it goes.
  router.get('/engine/LICENSE', (request, response, next) => {
    request.url = `/${LICENSE}`;
    response.type('text/plain');
    files(request, response, next);
  });
  router.use('/engine', (_request, response) => {
    const message =
      'This server does not hold that engine. Games played by another version are replayed with that version.';
    response.status(404).json({ code: 'engine_not_found', message });
  });
  return router;
}
