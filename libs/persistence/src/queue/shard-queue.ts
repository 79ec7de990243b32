import { CHANNELS, type LongWait } from '@arena/contracts';
import { PgBoss, type Db, type JobWithMetadata } from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { Listener } from '../database/listener.ts';
import { LEASES } from './failures.ts';
import {
  FORMER_QUEUE,
  QUEUE_PATTERN,
  queueOf,
  runtimeOf,
  type DeadShard,
  type LeasedShard,
  type ShardJob,
} from './jobs.ts';
import type { ShardHandler } from './lease.ts';
import { SCHEMA } from './schema.ts';
import { ShardTaker } from './shard-taker.ts';

const DEAD = 'shards_dead';

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

/**
 * Shards make room for others after a minute each, so what waits for longer than this is behind very many, or behind one that
 * does not end.
 */
const LONG_WAIT_SECONDS = 900;

export interface QueueOptions {
  url: string;
  applicationName: string;
  onError: (error: Error) => void;
}

/** What pg-boss says of a lease that ran out, and what that means here. */
const TOLD_BY_QUEUE: Readonly<Record<string, string>> = {
  'job heartbeat timeout': 'the worker that had them was killed, or lost the database',
  'job timed out': 'they took longer than their limits allow',
};

/** Of a runtime's queue. */
const SETTINGS = {
  retryLimit: LEASES - 1,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  // For jobs that do not say.
  expireInSeconds: MOST_EXPIRE_SECONDS,
  deleteAfterSeconds: 3600,
  deadLetter: DEAD,
};

/** The queues of shards, one a runtime, on pg-boss in its own schema. Each process opens them once. */
export class ShardQueue {
  /** Queues that are known to be there. */
  private readonly made = new Map<string, Promise<void>>();
  private taker: ShardTaker | null = null;
  private listener: Listener | null = null;
  /** Those that this process takes shards from; null before it does. */
  private queues: readonly string[] | null = null;

  private constructor(
    private readonly boss: PgBoss,
    private readonly options: QueueOptions,
  ) {}

  static async open(options: QueueOptions): Promise<ShardQueue> {
    const { url, applicationName, onError } = options;
    const boss = new PgBoss({
      connectionString: url,
      application_name: applicationName,
      schema: SCHEMA,
      // Fetch, heartbeat, maintenance and completion at once.
      max: 4,
      schedule: false,
      superviseIntervalSeconds: MONITOR_SECONDS,
      monitorIntervalSeconds: MONITOR_SECONDS,
      instanceName: applicationName,
    });
    boss.on('error', onError);
    await boss.start();
    await boss.createQueue(DEAD, { retentionSeconds: 14 * 86_400, deleteAfterSeconds: 86_400 });
    // The sweep puts what waited there on the queues of today.
    if (await boss.getQueue(FORMER_QUEUE)) await boss.deleteQueue(FORMER_QUEUE);
    return new ShardQueue(boss, options);
  }

  /** Makes a runtime's queue if this process has not seen it yet. */
  private async queueFor(runtime: string): Promise<string> {
    const name = queueOf(runtime);
    let making = this.made.get(name);
    if (!making) {
      making = this.make(name);
      this.made.set(name, making);
      making.catch(() => this.made.delete(name));
    }
    await making;
    return name;
  }

  private async make(name: string): Promise<void> {
    // `exclusive`: at most one waiting or running job a shard, so that enqueueing one again changes nothing.
    await this.boss.createQueue(name, { ...SETTINGS, policy: 'exclusive' });
    await this.boss.updateQueue(name, SETTINGS);
  }

  /**
   * Enqueues shards, within the caller's transaction. A shard that already waits or runs is left as it is.
   * Priority falls with the games before the shard: of two evaluations, the one that has been served less goes first, so that
   * one of 4,096 games does not make one of 64 wait for all of its own.
   */
  async add(manager: EntityManager, shards: readonly ShardJob[]): Promise<void> {
    const byRuntime = Map.groupBy(shards, ({ runtime }) => runtime);
    const db = within(manager);
    for (const [runtime, some] of byRuntime) {
      const jobs = some.map((data) => ({
        data,
        singletonKey: `${data.evaluationId}:${data.from}`,
        priority: priorityOf(data),
        group: { id: data.evaluationId },
        expireInSeconds: Math.min(Math.ceil(data.seconds), MOST_EXPIRE_SECONDS),
      }));
      await this.boss.insert(await this.queueFor(runtime), jobs, { db });
    }
    if (shards.length > 0) await manager.query('SELECT pg_notify($1, $2)', [CHANNELS.shards, '']);
  }

  /**
   * Takes shards of these runtimes, `concurrency` at a time, until {@link close}. A handler that throws has its shard tried
   * again, {@link TRIES} times in all; {@link UncountedFailure} uses up none of them. Resolves once they are being taken.
   */
  async work(runtimes: readonly string[], concurrency: number, handler: ShardHandler): Promise<void> {
    if (this.taker) throw new Error('shards are being taken already');
    const { url, onError } = this.options;
    this.queues = await Promise.all(runtimes.map((runtime) => this.queueFor(runtime)));
    const parts = { boss: this.boss, heartbeatSeconds: HEARTBEAT_SECONDS, onError };
    const taker = new ShardTaker(parts, this.queues, concurrency, handler);
    this.taker = taker;
    this.listener = new Listener({
      url,
      channels: [CHANNELS.shards],
      onNotification: () => {
        taker.wake();
      },
      onConnected: () => {
        taker.wake();
      },
      onLost: onError,
    });
    await this.listener.open();
  }

  /** Takes none until it is told otherwise: for a worker that is out of service. */
  pause(paused: boolean): void {
    this.taker?.pause(paused);
  }

  /**
   * Takes no shard of this evaluation for so long: after a failure of the platform, so that its next try is another process'. That
   * comes after 30 s at most.
   */
  leaveToOthers(evaluationId: string, ms: number): void {
    this.taker?.leave(evaluationId, ms);
  }

  /** Gives a leased shard back without counting a try: for a worker that stops. Tries that were used up before stay used up. */
  async handBack(shard: LeasedShard, manager: EntityManager): Promise<void> {
    const db = within(manager);
    const attempt = { id: shard.id, retryCount: shard.retry };
    await this.boss.complete(queueOf(shard.job.runtime), attempt, { handedBack: true }, { db });
    await this.add(manager, [shard.job]);
  }

  /**
   * Whether shards of other evaluations wait that were served as little as this one or less: those that would be taken
   * before this one if it was given back now, by a process that takes from these queues.
   */
  async othersWait(job: ShardJob): Promise<boolean> {
    const { rows } = await this.boss.getDb().executeSql(
      `SELECT 1 FROM ${SCHEMA}.job WHERE name = ANY($1) AND state < 'active' AND start_after <= now() AND priority >= $2
         AND group_id IS DISTINCT FROM $3 LIMIT 1`,
      [this.queues ?? [queueOf(job.runtime)], priorityOf(job), job.evaluationId],
    );
    return rows.length > 0;
  }

  /** Takes the shards of these evaluations off the queues, but for those that are being played. */
  async drop(manager: EntityManager, evaluationIds: readonly string[]): Promise<void> {
    if (evaluationIds.length === 0) return;
    await manager.query(
      `DELETE FROM ${SCHEMA}.job WHERE name LIKE $1 AND group_id = ANY($2) AND state < 'active'`,
      [QUEUE_PATTERN, evaluationIds],
    );
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
      tries: job.data.faults ?? 0,
      leases: (job.sourceRetryCount ?? 0) + 1,
      reason: reasonOf(job),
    }));
  }

  async counts(): Promise<{ shardsWaiting: number; shardsActive: number }> {
    const { rows } = await this.boss.getDb().executeSql(
      `SELECT count(*) FILTER (WHERE state < 'active')::int AS waiting, count(*) FILTER (WHERE state = 'active')::int AS active
       FROM ${SCHEMA}.job WHERE name LIKE $1 AND state <= 'active'`,
      [QUEUE_PATTERN],
    );
    const [row] = rows as { waiting: number; active: number }[];
    return { shardsWaiting: row?.waiting ?? 0, shardsActive: row?.active ?? 0 };
  }

  /** Runtimes with shards that are due and that nobody has taken for a quarter of an hour, and the age of the oldest. */
  async longWaits(): Promise<LongWait[]> {
    const { rows } = await this.boss.getDb().executeSql(
      `SELECT name, count(*)::int AS shards, extract(epoch FROM now() - min(start_after))::int AS seconds FROM ${SCHEMA}.job
       WHERE name LIKE $1 AND state < 'active' AND start_after < now() - $2 * interval '1 second' GROUP BY name ORDER BY name`,
      [QUEUE_PATTERN, LONG_WAIT_SECONDS],
    );
    return (rows as (Omit<LongWait, 'runtime'> & { name: string })[]).map(({ name, shards, seconds }) => ({
      ...{ runtime: runtimeOf(name), shards, seconds },
    }));
  }

  /** Takes no more shards and waits for running handlers; after `timeoutMs` they are told that their lease is lost. */
  async close(timeoutMs = 10_000): Promise<void> {
    await this.listener?.close();
    await this.taker?.stop(timeoutMs);
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
  if (typeof message !== 'string') return 'the worker stopped without a word';
  return TOLD_BY_QUEUE[message] ?? message;
}
