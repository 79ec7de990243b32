import { static as serveStatic, type RequestHandler, type Response } from 'express';
import Negotiator from 'negotiator';
import { extname, join } from 'node:path';
import { ENCODINGS, findCompressed, isUnchanged, type CompressedFile, type Encoding } from './compressed.ts';

export interface FolderOptions {
  /** Value of Cache-Control for a file, by its path from the folder. */
  cacheControl: (name: string) => string;
}

/**
 * Serves the files of a folder, compressed as far as the build compressed them and the client takes it. A request for a range gets
 * bytes of the file itself, so that they mean the same to everybody.
 */
export async function serveFolder(folder: string, { cacheControl }: FolderOptions): Promise<RequestHandler> {
  const compressed = await findCompressed(folder);
  const files = serveStatic(folder, {
    index: false,
    redirect: false,
    cacheControl: false,
    setHeaders: (response: Response, path: string) => {
      response.setHeader('Cache-Control', cacheControl(path.slice(join(folder, '/').length)));
    },
  });
  return (request, response, next) => {
    const name = nameIn(request.path);
    const entry = name === null ? undefined : compressed.get(name);
    if (name === null || entry === undefined) {
      files(request, response, next);
      return;
    }
    // Also of the file as it is: a cache must not give it to who takes less, nor a copy to who takes nothing.
    response.vary('Accept-Encoding');
    const encoding =
      request.headers.range === undefined ? choose(request.headers['accept-encoding'], entry) : null;
    if (encoding === null) {
      files(request, response, next);
      return;
    }
    isUnchanged(folder, name, entry).then((unchanged) => {
      const { url } = request;
      if (unchanged) {
        response.type(extname(name));
        response.setHeader('Content-Encoding', encoding);
        request.url = `/${name}${ENCODINGS[encoding]}`;
      }
      files(request, response, (error) => {
        // The copy is gone by now: the file itself answers.
        request.url = url;
        response.removeHeader('Content-Encoding');
        response.removeHeader('Content-Type');
        if (error === undefined && unchanged) files(request, response, next);
        else next(error);
      });
    }, next);
  };
}

/** The encoding a client likes best, by its q-values; of those it likes the same, the smallest. */
function choose(accepted: string | undefined, { encodings }: CompressedFile): Encoding | null {
  if (accepted === undefined) return null;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } });
  const best = negotiator.encodings([...encodings, 'identity'], { preferred: [...encodings, 'identity'] })[0];
  return encodings.find((encoding) => encoding === best) ?? null;
}

/** The path from the folder as the build names files: anything else has no compressed copy. */
function nameIn(path: string): string | null {
  return /^\/[\w./-]+$/.test(path) && !path.includes('..') ? path.slice(1) : null;
}
