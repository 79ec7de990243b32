import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long somebody may go on sending a body whose answer is out. 8 MiB in 10 s are a line of 7 Mbit/s. */
const LINGER_MS = 10_000;

/**
 * Lets an answer arrive that is given before the whole body has come. A connection that is closed while bytes still come in is
 * reset, and the reset takes the answer with it: the sender, or the proxy between, reads of a broken connection. So the answer goes
 * out, what still comes is thrown away, and the connection is cut after `lingerMs` at the latest.
 */
export function linger(request: IncomingMessage, response: ServerResponse, lingerMs = LINGER_MS): void {
  if (!hasBody(request)) return;
  const closes = !response.shouldKeepAlive;
  // Node itself would destroy the connection as soon as the answer is written.
  response.shouldKeepAlive = true;
  response.once('finish', () => {
    // Whoever reads to the end of the connection sees that end now, and may still send.
    if (closes) request.socket.end();
    if (request.complete || request.destroyed) return;
    request.on('error', () => undefined);
    // A server that stops does not wait for it.
    const timer = setTimeout(() => request.socket.destroy(), lingerMs).unref();
    request.once('close', () => {
      clearTimeout(timer);
    });
    request.resume();
  });
}

/** Whether the header announces a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
