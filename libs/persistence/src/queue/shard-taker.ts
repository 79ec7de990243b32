import type { JobWithMetadata, PgBoss } from 'pg-boss';
import { SCHEMA } from './schema.ts';
import type { ShardJob } from './jobs.ts';
import { holdLease, type LeaseParts, type ShardHandler } from './lease.ts';

/** What is put on a queue wakes the takers; this is for what comes due by itself, such as another try. */
const POLL_MS = 2_000;

/** Takes shards from some queues, so many at a time, the evaluation first that has been served least. */
export class ShardTaker {
  readonly #parts: LeaseParts;
  readonly #queues: readonly string[];
  readonly #handler: ShardHandler;
  readonly #slots: Promise<void>[];
  readonly #stopped = new AbortController();
  readonly #idle = new Set<() => void>();
  /** Evaluations that others shall have first, and until when by this process' clock. */
  readonly #left = new Map<string, number>();
  #wakes = 0;
  #stopping = false;
  #paused = false;

  constructor(parts: LeaseParts, queues: readonly string[], concurrency: number, handler: ShardHandler) {
    this.#parts = parts;
    this.#queues = queues;
    this.#handler = handler;
    this.#slots = Array.from({ length: concurrency }, () => this.#run());
  }

  /** Looks again at once: something was put on a queue, or may have been. */
  wake(): void {
    this.#wakes += 1;
    for (const go of this.#idle) go();
  }

  /** Takes none until it is told otherwise; those that run go on. */
  pause(paused: boolean): void {
    this.#paused = paused;
    this.wake();
  }

  /** Takes no shard of this evaluation for so long. */
  leave(evaluationId: string, ms: number): void {
    this.#left.set(evaluationId, Date.now() + ms);
  }

  /** Those that are left to others now. */
  #leftNow(): string[] {
    for (const [id, until] of this.#left) if (until <= Date.now()) this.#left.delete(id);
    return [...this.#left.keys()];
  }

  /** Takes no more. Resolves when the running ones are through, or, after `timeoutMs`, told that their lease is lost. */
  async stop(timeoutMs: number): Promise<void> {
    this.#stopping = true;
    this.wake();
    const late = setTimeout(() => {
      this.#stopped.abort();
    }, timeoutMs);
    const aborted = new Promise<void>((resolve) => {
      this.#stopped.signal.addEventListener('abort', () => {
        resolve();
      });
    });
    await Promise.race([Promise.all(this.#slots), aborted]);
    clearTimeout(late);
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const wakes = this.#wakes;
      try {
        const found = this.#paused ? null : await takeNext(this.#parts.boss, this.#queues, this.#leftNow());
        if (found) {
          await holdLease(this.#parts, found.queue, found.shard, this.#handler, this.#stopped.signal);
          continue;
        }
      } catch (error) {
        this.#parts.onError(error instanceof Error ? error : new Error(String(error)));
      }
      if (wakes === this.#wakes) await this.#rest();
    }
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        this.#idle.delete(go);
        resolve();
      };
      const timer = setTimeout(go, POLL_MS);
      this.#idle.add(go);
    });
  }
}

interface Found {
  queue: string;
  shard: JobWithMetadata<ShardJob>;
}

/** Of the queues' first shards the one that comes first; the next if another worker is quicker. */
async function takeNext(boss: PgBoss, queues: readonly string[], left: string[]): Promise<Found | null> {
  const { rows } = await boss.getDb().executeSql(
    `SELECT name FROM (
       SELECT DISTINCT ON (name) name, priority, created_on FROM ${SCHEMA}.job
       WHERE name = ANY($1) AND state < 'active' AND NOT blocked AND start_after <= now()
         AND NOT coalesce(group_id = ANY($2), false)
       ORDER BY name, priority DESC, created_on
     ) first ORDER BY priority DESC, created_on`,
    [queues, left],
  );
  for (const { name } of rows as { name: string }[]) {
    const [shard] = await boss.fetch<ShardJob>(name, { includeMetadata: true, ignoreGroups: left });
    if (shard) return { queue: name, shard };
  }
  return null;
}
