import { Router, static as serveFiles } from 'express';
import { join } from 'node:path';

/** Not the website's: an address below these that nobody answers is an error, not a page. */
const RESERVED = /^\/(api|engine|socket\.io)(\/|$)/;

/** The website's files; any other address is one of its pages, which index.html finds its way to. */
export function webFiles(webDir: string): Router {
  const router = Router();
  const files = serveFiles(webDir, {
    index: false,
    redirect: false,
    setHeaders: (response, path) => {
      // The build names what lies in assets/ by its content.
      const fixed = path.startsWith(join(webDir, 'assets'));
      response.setHeader('Cache-Control', fixed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  router.use((request, _response, next) => {
    if (RESERVED.test(request.path) || !['GET', 'HEAD'].includes(request.method)) next('router');
    else next();
  });
  router.use(files);
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root: webDir }, (error) => {
      if (error) next('router');
    });
  });
  return router;
}
