import type { BoardView } from '@arena/contracts';
import { BoardRepository } from '@arena/persistence';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { SharedReads } from './shared-reads.ts';

/** Bytes of JSON that are kept: a board of 500 submissions is 250 kB. */
const MOST_BYTES = 32 * 2 ** 20;

/** A board as it is sent. */
export interface SentBoard {
  readonly view: BoardView;
  /** The view as JSON. */
  readonly body: string;
  readonly etag: string;
}

/** Boards as they are now, read and written down once for each of their versions. */
@Injectable()
export class BoardCache {
  private readonly known = new LRUCache<string, SentBoard & { stamp: string }>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ body }) => body.length,
  });

  constructor(
    @Inject(BoardRepository) private readonly boards: BoardRepository,
    @Inject(SharedReads) private readonly reads: SharedReads,
  ) {}

  /** Null if there is no such competition. */
  read(slug: string): Promise<SentBoard | null> {
    return this.reads.read(`board ${slug}`, () => this.refresh(slug));
  }

  private async refresh(slug: string): Promise<SentBoard | null> {
    // Before the board: what is read after it is as new as its stamp, or newer.
    const stamp = await this.boards.stamp(slug);
    const known = this.known.get(slug);
    if (stamp !== null && known?.stamp === stamp) return known;
    const view = stamp === null ? null : await this.boards.read(slug);
    if (stamp === null || view === null) {
      this.known.delete(slug);
      return null;
    }
    const body = JSON.stringify(view);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    const sent = { stamp, view, body, etag };
    this.known.set(slug, sent);
    return sent;
  }
}
