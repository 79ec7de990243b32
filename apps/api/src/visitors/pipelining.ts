import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests of one connection that wait for their answers. Browsers and proxies send one and wait. */
export const MOST_PIPELINED = 8;

/**
 * Cuts connections that send request after request without waiting for an answer: 500 of them with 200 requests each kept another
 * visitor waiting for 6 s. One piece of what comes in, 64 KiB, holds 2,000 requests, which Node would read to the last.
 */
export class Pipelining {
  private readonly waiting = new WeakMap<Socket, number>();

  /** @param cut is told of each connection that was cut. */
  constructor(private readonly cut: () => void) {}

  /** Whether the request may be answered; if not, its connection is gone. */
  mayAnswer(request: IncomingMessage, response: ServerResponse): boolean {
    const { socket } = request;
    if (socket.destroyed) return false;
    const waiting = this.waiting.get(socket) ?? 0;
    if (waiting >= MOST_PIPELINED) {
      readNoFurther(socket);
      socket.resetAndDestroy();
      this.cut();
      return false;
    }
    this.waiting.set(socket, waiting + 1);
    response.once('close', () => {
      this.waiting.set(socket, (this.waiting.get(socket) ?? 1) - 1);
    });
    return true;
  }
}

/** What Node's parser does with the head of a message; 2 stands for "what follows is no HTTP". */
interface Parser {
  onIncoming?: () => number;
}
const NO_HTTP = 2;

/** Lets the parser stop at the next message of the piece that it reads: destroying a connection does not stop it. */
function readNoFurther(socket: Socket): void {
  const { parser } = socket as unknown as { parser?: Parser | null };
  if (parser) parser.onIncoming = () => NO_HTTP;
}
