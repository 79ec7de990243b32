import type { JobWithMetadata, PgBoss } from 'pg-boss';
import { settleFailure } from './failures.ts';
import type { LeasedShard, ShardJob } from './jobs.ts';

export type ShardHandler = (shard: LeasedShard) => Promise<void>;

export interface LeaseParts {
  boss: PgBoss;
  /** How long a lease lives without a heartbeat. */
  heartbeatSeconds: number;
  onError: (error: Error) => void;
}

/** A lease ends here this much before pg-boss ends it, so that the reason is ours. */
const EXPIRY_MARGIN_MS = 10_000;

/**
 * Has a leased shard played and says how it ended: done, or to be tried again. Meanwhile its heart beats; when it is no
 * longer ours (the heart stopped for too long, it expired) `lost` is aborted. Never rejects: what cannot be
 * written is told, and the lease runs out by itself.
 */
export async function holdLease(
  { boss, heartbeatSeconds, onError }: LeaseParts,
  queue: string,
  leased: JobWithMetadata<ShardJob>,
  handler: ShardHandler,
  stopped: AbortSignal,
): Promise<void> {
  const attempt = { id: leased.id, retryCount: leased.retryCount };
  const lost = new AbortController();
  const tell = (error: unknown): void => {
    onError(error instanceof Error ? error : new Error(String(error)));
  };
  const beat = async (): Promise<void> => {
    // pg-boss's types leave out what its answer holds.
    const { affected } = (await boss.touch(queue, attempt)) as { affected?: number };
    if (affected === 0) lost.abort();
  };
  // A heartbeat that fails says nothing about the lease: the next one does.
  const heart = setInterval(() => void beat().catch(tell), (heartbeatSeconds * 1000) / 2);
  const seconds = leased.expireInSeconds;
  const expiry = setTimeout(
    () => {
      const late = new Error(`it was not over within the ${seconds} s that its limits allow`);
      void settleFailure(boss, queue, attempt, late).catch(tell);
      lost.abort();
    },
    Math.max(seconds * 1000 - EXPIRY_MARGIN_MS, seconds * 500),
  );
  const settled = await handler({
    id: leased.id,
    job: leased.data,
    retry: leased.retryCount,
    lost: AbortSignal.any([lost.signal, stopped]),
  }).then(
    () => () => boss.complete(queue, attempt),
    (error: unknown) => () => settleFailure(boss, queue, attempt, error),
  );
  // Where that cannot be written, as with a database that is gone, the lease runs out: that uses up no try either.
  await settled().catch(tell);
  clearInterval(heart);
  clearTimeout(expiry);
}
