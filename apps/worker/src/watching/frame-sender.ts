/** Pictures of watched games on their way to the API. Volatile: a picture that cannot go at once is dropped. */
import { CHANNELS, WATCH_EXPIRE_MS } from '@arena/contracts';

/** What can be told to send pictures of a game, or to stop. */
export interface Watchable {
  watch(gameId: string): void;
  unwatch(gameId: string): void;
}

export class FrameSender {
  readonly #query: (sql: string, values: unknown[]) => Promise<unknown>;
  readonly #onError: (error: unknown) => void;
  readonly #games = new Map<string, Watchable>();
  readonly #expiries = new Map<string, NodeJS.Timeout>();
  readonly #underway = new Set<string>();

  constructor(
    query: (sql: string, values: unknown[]) => Promise<unknown>,
    onError: (error: unknown) => void,
  ) {
    this.#query = query;
    this.#onError = onError;
  }

  add(gameId: string, shard: Watchable): void {
    this.#games.set(gameId, shard);
  }

  remove(gameId: string): void {
    this.#games.delete(gameId);
    this.#forget(gameId);
  }

  /** Somebody watches this game, now and for WATCH_EXPIRE_MS. A game of another worker is ignored. */
  watched(gameId: string): void {
    const shard = this.#games.get(gameId);
    if (!shard) return;
    if (!this.#expiries.has(gameId)) shard.watch(gameId);
    clearTimeout(this.#expiries.get(gameId));
    const expiry = setTimeout(() => {
      this.#games.get(gameId)?.unwatch(gameId);
      this.#forget(gameId);
    }, WATCH_EXPIRE_MS);
    expiry.unref();
    this.#expiries.set(gameId, expiry);
  }

  send(gameId: string, frame: Uint8Array): void {
    if (this.#underway.has(gameId)) return;
    this.#underway.add(gameId);
    const base64 = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('base64');
    this.#query('SELECT pg_notify($1, $2)', [CHANNELS.frames, `${gameId} ${base64}`])
      .catch(this.#onError)
      .finally(() => this.#underway.delete(gameId));
  }

  #forget(gameId: string): void {
    clearTimeout(this.#expiries.get(gameId));
    this.#expiries.delete(gameId);
  }
}
