import type { DataSource } from 'typeorm';
import { Worker } from '../entities/index.ts';
import { rowsOf } from '../database/transaction.ts';

export type WorkerCard = Pick<
  Worker,
  'id' | 'name' | 'version' | 'engineId' | 'sandbox' | 'protocolVersion' | 'shards'
>;

/** A worker beats every WORKER_BEAT_MS and counts as lost after WORKER_LOST_MS without a beat. */
export const WORKER_BEAT_MS = 3_000;
export const WORKER_LOST_MS = 15_000;

export class WorkerRepository {
  constructor(private readonly dataSource: DataSource) {}

  async register(card: WorkerCard): Promise<void> {
    await this.dataSource.getRepository(Worker).insert(card);
  }

  /** A worker that was taken for lost and beats again is alive again. */
  async beat(id: string): Promise<void> {
    await this.dataSource.query(
      'UPDATE "worker" SET "last_seen" = clock_timestamp(), "stopped_at" = NULL WHERE "id" = $1',
      [id],
    );
  }

  async stop(id: string): Promise<void> {
    await this.dataSource.query('UPDATE "worker" SET "stopped_at" = clock_timestamp() WHERE "id" = $1', [id]);
  }

  /** Those heard of lately, oldest first. */
  async alive(): Promise<{ id: string; lastSeen: string; engineId: string; sandbox: string }[]> {
    const rows = await rowsOf<{ id: string; last_seen: Date; engine_id: string; sandbox: string }>(
      this.dataSource,
      `SELECT "id", "last_seen", "engine_id", "sandbox" FROM "worker"
       WHERE "stopped_at" IS NULL AND "last_seen" > clock_timestamp() - $1 * interval '1 millisecond'
       ORDER BY "started_at"`,
      [WORKER_LOST_MS],
    );
    return rows.map((row) => ({
      id: row.id,
      lastSeen: row.last_seen.toISOString(),
      engineId: row.engine_id,
      sandbox: row.sandbox,
    }));
  }
}
