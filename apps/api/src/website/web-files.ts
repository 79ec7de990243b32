import { Router } from 'express';
import { serveFolder } from './folder.ts';

/** Not the website's: an address below these that nobody answers is an error, not a page. */
const RESERVED = /^\/(api|engine|socket\.io|healthz|livez|readyz|metrics|assets)(\/|$)/;

/** The website's files and pages. Any other address gets the page that says so, with status 404. */
export async function webFiles(
  webDir: string,
  pages: { has(path: string): Promise<boolean> },
): Promise<Router> {
  const router = Router();
  const files = await serveFolder(webDir, {
    // The build names what lies in assets/ by its content.
    cacheControl: (name) => (name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
  router.use((request, _response, next) => {
    if (['GET', 'HEAD'].includes(request.method)) next();
    else next('router');
  });
  router.use(files);
  router.use((request, response, next) => {
    if (RESERVED.test(request.path)) {
      next('router');
      return;
    }
    void pages.has(request.path).then((found) => {
      response.status(found ? 200 : 404);
      // Nobody asks for a part of a page, and a part has a status of its own.
      delete request.headers.range;
      const { url } = request;
      request.url = '/index.html';
      files(request, response, (error) => {
        request.url = url;
        // A website without its page: the API's own 404 answers.
        next(error ?? 'router');
      });
    });
  });
  return router;
}
