import { PgBoss, type Db, type JobWithMetadata } from 'pg-boss';
import type { EntityManager } from 'typeorm';

/** The games `from` … `to − 1` of one evaluation. */
export interface ShardJob {
  evaluationId: string;
  from: number;
  to: number;
  /** The longest that playing it can take, in seconds; jobs of earlier versions do not say. */
  seconds?: number;
}

export interface LeasedShard {
  id: string;
  job: ShardJob;
  /** 0 at the first try. */
  retry: number;
  /** Aborted when the lease is lost: another worker may have the shard already. */
  lost: AbortSignal;
}

/** A shard that failed in all its tries, with the last reason. */
export interface DeadShard {
  job: ShardJob;
  tries: number;
  reason: string;
}

const QUEUE = 'shards';
const DEAD = 'shards_dead';
const SCHEMA = 'pgboss';

/** Tries after the first. */
const RETRIES = 5;
/**
 * pg-boss's smallest. A killed worker's shard is played on after at most 10 s of missing heartbeat + 5 s until the
 * monitor looks + 1–4 s of delay before the retry.
 */
const HEARTBEAT_SECONDS = 10;
const MONITOR_SECONDS = 5;
/**
 * pg-boss's most. A job expires when its handler hangs while its heart beats on. A shard that may take longer than this is
 * tried again too, and then has only the games left that nobody has reported: it still gets on.
 */
const MOST_EXPIRE_SECONDS = 24 * 3600;

export interface QueueOptions {
  url: string;
  applicationName: string;
  onError: (error: Error) => void;
}

/** The queue of shards, on pg-boss in its own schema. Each process opens one. */
export class ShardQueue {
  private constructor(private readonly boss: PgBoss) {}

  static async open({ url, applicationName, onError }: QueueOptions): Promise<ShardQueue> {
    const boss = new PgBoss({
      connectionString: url,
      application_name: applicationName,
      schema: SCHEMA,
      // Fetch, heartbeat, maintenance and completion at once; plus one connection that listens.
      max: 4,
      useListenNotify: true,
      schedule: false,
      superviseIntervalSeconds: MONITOR_SECONDS,
      monitorIntervalSeconds: MONITOR_SECONDS,
      instanceName: applicationName,
    });
    boss.on('error', onError);
    await boss.start();
    await boss.createQueue(DEAD, { retentionSeconds: 14 * 86_400, deleteAfterSeconds: 86_400 });
    const settings = {
      retryLimit: RETRIES,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 30,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      // For jobs that do not say.
      expireInSeconds: MOST_EXPIRE_SECONDS,
      deleteAfterSeconds: 3600,
      deadLetter: DEAD,
      notify: true,
    };
    // `exclusive`: at most one waiting or running job a shard, so that enqueueing one again changes nothing.
    await boss.createQueue(QUEUE, { ...settings, policy: 'exclusive' });
    await boss.updateQueue(QUEUE, settings);
    return new ShardQueue(boss);
  }

  /**
   * Enqueues shards, within the caller's transaction. A shard that already waits or runs is left as it is.
   * Priority falls with the games before the shard: of two evaluations, the one that has been served less goes first, so that
   * one of 4,096 games does not make one of 64 wait for all of its own.
   */
  async add(manager: EntityManager, shards: readonly ShardJob[]): Promise<void> {
    if (shards.length === 0) return;
    const jobs = shards.map((data) => ({
      data,
      singletonKey: `${data.evaluationId}:${data.from}`,
      priority: priorityOf(data),
      group: { id: data.evaluationId },
      expireInSeconds: Math.min(Math.ceil(data.seconds ?? MOST_EXPIRE_SECONDS), MOST_EXPIRE_SECONDS),
    }));
    await this.boss.insert(QUEUE, jobs, { db: within(manager) });
  }

  /** Takes shards, `concurrency` at a time, until {@link close}. A handler that throws has its shard tried again. */
  async work(concurrency: number, handler: (shard: LeasedShard) => Promise<void>): Promise<void> {
    const options = {
      localConcurrency: concurrency,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 2,
    };
    await this.boss.work<ShardJob>(QUEUE, options, async ([job]) => {
      if (job) await handler({ id: job.id, job: job.data, retry: job.retryCount, lost: job.signal });
    });
  }

  /** Gives a leased shard back without counting a try: for a worker that is told to stop. */
  async handBack(shard: LeasedShard, manager: EntityManager): Promise<void> {
    const db = within(manager);
    await this.boss.complete(QUEUE, { id: shard.id, retryCount: shard.retry }, { handedBack: true }, { db });
    await this.add(manager, [shard.job]);
  }

  /**
   * Whether shards of other evaluations wait that were served as little as this one or less: those that would be taken
   * before this one if it was given back now.
   */
  async othersWait(job: ShardJob): Promise<boolean> {
    const { rows } = await this.boss.getDb().executeSql(
      `SELECT 1 FROM ${SCHEMA}.job WHERE name = $1 AND state < 'active' AND start_after <= now() AND priority >= $2
         AND group_id IS DISTINCT FROM $3 LIMIT 1`,
      [QUEUE, priorityOf(job), job.evaluationId],
    );
    return rows.length > 0;
  }

  /** Takes the shards that failed in all their tries off the dead letters. The caller decides about the evaluation. */
  async takeDead(manager: EntityManager): Promise<DeadShard[]> {
    const db = within(manager);
    const jobs = await this.boss.fetch<ShardJob>(DEAD, { batchSize: 100, includeMetadata: true, db });
    if (jobs.length > 0)
      await this.boss.complete(
        DEAD,
        jobs.map((job) => job.id),
        null,
        { db },
      );
    return jobs.map((job) => ({
      job: job.data,
      tries: (job.sourceRetryCount ?? RETRIES) + 1,
      reason: reasonOf(job),
    }));
  }

  async counts(): Promise<{ shardsWaiting: number; shardsActive: number }> {
    const { rows } = await this.boss.getDb().executeSql(
      `SELECT count(*) FILTER (WHERE state < 'active')::int AS waiting, count(*) FILTER (WHERE state = 'active')::int AS active
       FROM ${SCHEMA}.job WHERE name = $1 AND state <= 'active'`,
      [QUEUE],
    );
    const [row] = rows as { waiting: number; active: number }[];
    return { shardsWaiting: row?.waiting ?? 0, shardsActive: row?.active ?? 0 };
  }

  /** Takes no more shards and waits for running handlers, `timeoutMs` at most. */
  async close(timeoutMs = 10_000): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: timeoutMs, close: true });
  }
}

function priorityOf(job: ShardJob): number {
  return -job.from;
}

function within(manager: EntityManager): Db {
  return {
    executeSql: async (text, values) => {
      const runner = manager.queryRunner;
      if (!runner)
        throw new Error('shards are enqueued within a transaction; call this with its EntityManager');
      const result = await runner.query(text, values as unknown[], true);
      return { rows: result.records };
    },
  };
}

function reasonOf(job: JobWithMetadata<ShardJob>): string {
  const output = job.sourceOutput as { message?: unknown; value?: { message?: unknown } } | null;
  const message = output?.message ?? output?.value?.message;
  return typeof message === 'string' ? message : 'the worker stopped without a word';
}
