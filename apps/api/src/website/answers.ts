import compression from 'compression';
import type { RequestHandler } from 'express';

/** Below one packet's worth, compressing saves nothing. */
const LEAST_BYTES = 1024;

/**
 * Compresses the API's answers in text (JSON, the pages of /api/docs) from 1 kB on; tapes are compressed already and stay as they
 * are. Nothing of a request is secret beside its Authorization header, which no answer repeats, and there are no cookies: a reader
 * of sizes (BREACH) learns nothing. Sockets are not compressed: pictures of games are sent once to many, and deflating them would
 * cost memory for every socket.
 */
export function compressAnswers(): RequestHandler {
  return compression({
    threshold: LEAST_BYTES,
    // A range is of the bytes that the answer has by itself.
    filter: (request, response) =>
      request.headers.range === undefined && compression.filter(request, response),
  });
}
