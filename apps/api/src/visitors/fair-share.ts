import type { RequestHandler } from 'express';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Senders } from './senders.ts';

/**
 * Requests of one sender that are worked on at the same time; its others wait for these. The database's pool has ten connections:
 * one sender's slow queries leave four of them to others.
 */
export const AT_ONCE = 6;

/** Lets what each sender asks for wait for its own and not for anybody else's: a flood is slow for who sends it. */
export class FairShare {
  private readonly lines = new Map<string, LimitFunction>();

  constructor(private readonly atOnce = AT_ONCE) {}

  async run<T>(sender: string, task: () => Promise<T>): Promise<T> {
    let line = this.lines.get(sender);
    if (!line) {
      line = pLimit(this.atOnce);
      this.lines.set(sender, line);
    }
    try {
      return await line(task);
    } finally {
      if (line.activeCount + line.pendingCount === 0 && this.lines.get(sender) === line)
        this.lines.delete(sender);
    }
  }
}

/** The same for requests that read; uploads have slots of their own. */
export function shareFairly(senders: Senders): RequestHandler {
  const share = new FairShare();
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    void share.run(
      senders.of(request),
      () =>
        new Promise<void>((resolve) => {
          // Whoever has gone away while waiting costs nothing more.
          if (response.destroyed || response.closed) {
            resolve();
            return;
          }
          // Not until it is read: a slow reader must not keep its neighbours waiting.
          response.once('prefinish', resolve).once('close', resolve);
          next();
        }),
    );
  };
}
