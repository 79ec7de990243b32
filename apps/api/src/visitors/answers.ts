import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { siteOf } from './senders.ts';

/** How often what is unread is looked at: in this time a sender can be sent 30 MiB more than it may leave, not hundreds. */
const LOOK_MS = 250;

/** How answers must be read. */
export interface ReadingPace {
  /** An answer that waits to be read must move by so many bytes a second, over each window. */
  readonly bytesPerSecond: number;
  readonly windowMs: number;
}

interface OpenAnswer {
  readonly site: string;
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** Bytes that this process holds for it. */
  unread: number;
  /** Since when something of it has been unread, and what its reader had taken by then. */
  window: { readonly since: number; readonly taken: number } | null;
}

/**
 * Watches how answers are read. An answer that nobody reads stays in this process's memory for as long as its connection lives, and
 * a byte a second keeps a connection alive: 4,096 connections with a board of 250 kB each would hold a gigabyte.
 */
export class Answers {
  private readonly open = new Set<OpenAnswer>();
  private readonly unread = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;

  /** @param slow is told of each answer that was cut off: what of it was read in one window. */
  constructor(
    private readonly pace: ReadingPace,
    private readonly slow: (taken: number) => void,
  ) {}

  /** Bytes of answers that a sender's site has not read, and that this process holds for it. */
  unreadOf(sender: string): number {
    return this.unread.get(siteOf(sender)) ?? 0;
  }

  /** Watches an answer from before it is written until it is read or its connection is gone. */
  watch(sender: string, response: ServerResponse): void {
    const answer: OpenAnswer = {
      site: siteOf(sender),
      response,
      socket: response.req.socket,
      unread: 0,
      window: null,
    };
    this.open.add(answer);
    response
      // All of it is written.
      .once('prefinish', () => {
        this.count(answer, response.writableLength);
      })
      .once('close', () => {
        this.open.delete(answer);
        this.count(answer, 0);
      });
    this.timer ??= setInterval(() => {
      this.look();
    }, LOOK_MS).unref();
  }

  private count(answer: OpenAnswer, unread: number): void {
    if (unread === answer.unread) return;
    const all = (this.unread.get(answer.site) ?? 0) + unread - answer.unread;
    answer.unread = unread;
    if (all > 0) this.unread.set(answer.site, all);
    else this.unread.delete(answer.site);
  }

  private look(): void {
    if (this.open.size === 0 && this.timer) {
      clearInterval(this.timer);
      this.timer = null;
    }
    const now = performance.now();
    for (const answer of this.open) {
      this.count(answer, answer.response.closed ? 0 : answer.response.writableLength);
      if (answer.unread === 0) answer.window = null;
      else this.hurry(answer, now);
    }
  }

  private hurry(answer: OpenAnswer, now: number): void {
    const { bytesPerSecond, windowMs } = this.pace;
    const taken = takenBytes(answer.socket);
    answer.window ??= { since: now, taken };
    if (now - answer.window.since < windowMs) return;
    const moved = taken - answer.window.taken;
    answer.window = { since: now, taken };
    if (moved >= (bytesPerSecond * windowMs) / 1000) return;
    this.slow(moved);
    // Without a farewell: what the system holds for the reader goes, too.
    answer.socket.resetAndDestroy();
  }
}

/** What the system has taken over of all that was written to a connection: Node itself counts only whole writes. */
function takenBytes(socket: Socket): number {
  const { _handle: handle } = socket as unknown as {
    _handle?: { readonly bytesWritten: number; readonly writeQueueSize: number } | null;
  };
  return handle ? handle.bytesWritten - handle.writeQueueSize : 0;
}
