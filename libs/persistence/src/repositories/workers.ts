import type { LostWorker, PlatformFault, WorkerHealth } from '@arena/contracts';
import type { DataSource } from 'typeorm';
import { Worker } from '../entities/index.ts';
import type { StoredFault } from '../entities/worker.entity.ts';
import { rowsOf, storable } from '../database/transaction.ts';
import { ALIVE, announceRuntimes, WORKER_LOST_MS } from './offers.ts';

export type WorkerCard = Pick<
  Worker,
  | 'id'
  | 'name'
  | 'version'
  | 'engineId'
  | 'sandbox'
  | 'protocolVersion'
  | 'shards'
  | 'runtimes'
  | 'missingRuntimes'
>;

/** Of each worker; more are no news. */
const KEPT_FAULTS = 20;

export class WorkerRepository {
  constructor(private readonly dataSource: DataSource) {}

  async register(card: WorkerCard): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.getRepository(Worker).insert(card);
      await announceRuntimes(manager, card.runtimes, card.id);
    });
  }

  /** A worker that was taken for lost and beats again is alive again. */
  async beat(id: string): Promise<void> {
    const revived = await rowsOf(
      this.dataSource,
      `UPDATE "worker" w SET "last_seen" = clock_timestamp(), "stopped_at" = NULL FROM "worker" old
       WHERE w."id" = $1 AND old."id" = w."id" AND old."stopped_at" IS NOT NULL RETURNING w."runtimes"`,
      [id],
    );
    if (revived.length === 0) {
      await this.dataSource.query(`UPDATE "worker" SET "last_seen" = clock_timestamp() WHERE "id" = $1`, [
        id,
      ]);
    } else await this.announce(id);
  }

  /** The faults that it has seen in its life, the latest last. */
  async tellFaults(id: string, faults: readonly StoredFault[]): Promise<void> {
    const kept = faults
      .slice(-KEPT_FAULTS)
      .map(({ at, kind, message }) => ({ at, kind, message: storable(message, 500) }));
    await this.dataSource.query(
      `UPDATE "worker" SET "faults" = $2 WHERE "id" = $1 AND "faults" <> $2::jsonb`,
      [id, JSON.stringify(kept)],
    );
  }

  /** Faults of the last day, of workers that are gone as well, the latest first; a hundred at most. */
  async faults(): Promise<PlatformFault[]> {
    return rowsOf<PlatformFault>(
      this.dataSource,
      `SELECT w."name" AS worker, f."at", f."kind", f."message"
       FROM "worker" w, jsonb_to_recordset(w."faults") AS f ("at" text, "kind" text, "message" text)
       WHERE w."last_seen" > clock_timestamp() - interval '1 day' AND w."faults" <> '[]'
         AND f."at"::timestamptz > clock_timestamp() - interval '1 day'
       ORDER BY f."at" DESC LIMIT 100`,
    );
  }

  /** What it offers from now on; the health page shows it, and why it does not offer the rest. */
  async offer(
    id: string,
    runtimes: readonly string[],
    missing: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const workers = manager.getRepository(Worker);
      const before = await workers.findOneBy({ id });
      await workers.update(id, { runtimes: [...runtimes], missingRuntimes: missing });
      await announceRuntimes(manager, [...new Set([...(before?.runtimes ?? []), ...runtimes])], id);
    });
  }

  async stop(id: string): Promise<void> {
    await this.dataSource.query('UPDATE "worker" SET "stopped_at" = clock_timestamp() WHERE "id" = $1', [id]);
    await this.announce(id);
  }

  private async announce(id: string): Promise<void> {
    const worker = await this.dataSource.getRepository(Worker).findOneBy({ id });
    if (worker)
      await this.dataSource.transaction((manager) => announceRuntimes(manager, worker.runtimes, id));
  }

  /** Whether another worker that is alive offers this runtime. */
  async othersOffer(id: string, runtime: string): Promise<boolean> {
    const rows = await rowsOf(
      this.dataSource,
      `SELECT 1 FROM "worker" WHERE ${ALIVE} AND "id" <> $1 AND $2 = ANY("runtimes") LIMIT 1`,
      [id, runtime],
    );
    return rows.length > 0;
  }

  /** Names of all runtimes that a worker has offered or tried to, in the last thirty days. */
  async knownRuntimes(): Promise<string[]> {
    const rows = await rowsOf<{ runtime: string }>(
      this.dataSource,
      `SELECT DISTINCT runtime FROM "worker",
         LATERAL (SELECT unnest("runtimes") UNION SELECT jsonb_object_keys("missing_runtimes")) AS known (runtime)
       WHERE "last_seen" > clock_timestamp() - interval '30 days' ORDER BY runtime`,
    );
    return rows.map(({ runtime }) => runtime);
  }

  /**
   * Those of the last day that fell silent without a word, the latest first; a hundred at most. Who stops cleanly beats until then;
   * the sweep writes the end of a lost one long after its last beat.
   */
  async lost(): Promise<LostWorker[]> {
    const rows = await rowsOf<{ id: string; name: string; last_seen: Date }>(
      this.dataSource,
      `SELECT "id", "name", "last_seen" FROM "worker" WHERE "last_seen" > clock_timestamp() - interval '1 day'
         AND COALESCE("stopped_at", clock_timestamp()) - "last_seen" > $1 * interval '1 millisecond'
       ORDER BY "last_seen" DESC LIMIT 100`,
      [WORKER_LOST_MS],
    );
    return rows.map(({ id, name, last_seen: seen }) => ({ id, name, lastSeen: seen.toISOString() }));
  }

  /** Those heard of lately, oldest first. */
  async alive(): Promise<WorkerHealth[]> {
    const rows = await rowsOf<{
      id: string;
      last_seen: Date;
      engine_id: string;
      sandbox: string;
      runtimes: string[];
      missing_runtimes: Record<string, string>;
    }>(
      this.dataSource,
      `SELECT "id", "last_seen", "engine_id", "sandbox", "runtimes", "missing_runtimes" FROM "worker" WHERE ${ALIVE}
       ORDER BY "started_at"`,
    );
    return rows.map((row) => ({
      id: row.id,
      lastSeen: row.last_seen.toISOString(),
      engineId: row.engine_id,
      sandbox: row.sandbox,
      runtimes: row.runtimes,
      missing: Object.entries(row.missing_runtimes).map(([runtime, reason]) => ({ runtime, reason })),
    }));
  }
}
