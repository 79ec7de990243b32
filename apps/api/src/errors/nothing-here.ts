import type { ErrorView } from '@arena/contracts';
import type { RequestHandler } from 'express';

/** The answer to an address outside /api that nothing serves: as an ErrorView, like every error. */
export const nothingHere: RequestHandler = (_request, response) => {
  const view: ErrorView = {
    code: 'not_found',
    message: 'There is nothing under this address. The API’s addresses are listed at /api/docs.',
  };
  response.status(404).json(view);
};
