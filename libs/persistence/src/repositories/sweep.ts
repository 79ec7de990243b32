import { plural, type Limits } from '@arena/contracts';
import type { DataSource } from 'typeorm';
import { rowsOf } from '../database/transaction.ts';
import { TRIES } from '../queue/failures.ts';
import type { DeadShard } from '../queue/jobs.ts';
import type { ShardQueue } from '../queue/shard-queue.ts';
import { EvaluationRepository } from './evaluations.ts';
import { WORKER_LOST_MS, announceRuntimes } from './offers.ts';
import { shardsOf } from './shards.ts';

/** The letters "swee". */
const SWEEP_LOCK = 0x73776565;

/** How often API and workers look. */
export const SWEEP_INTERVAL_MS = 5_000;

export interface SweepResult {
  /** Workers without a heartbeat, now marked as stopped. */
  lostWorkers: number;
  /** Games of such workers that are pending again. */
  releasedGames: number;
  /** Evaluations closed since the platform failed in all tries, with the shard's last reason. */
  failed: { evaluationId: string; reason: string }[];
}

/**
 * Looks at every state that is not final and gives it its way out:
 * a worker without heartbeat is stopped, its running games are pending, an open evaluation's missing games have their
 * shards on the queue (enqueueing twice changes nothing), and a shard that failed in all its tries, or took too many workers down, closes its
 * evaluation with the reason. One process at a time does it; resolves to null where another is at it.
 */
export async function sweep(dataSource: DataSource, queue: ShardQueue): Promise<SweepResult | null> {
  const found = await dataSource.transaction(async (manager) => {
    const [lock] = await rowsOf<{ mine: boolean }>(manager, 'SELECT pg_try_advisory_xact_lock($1) AS mine', [
      SWEEP_LOCK,
    ]);
    if (!lock?.mine) return null;
    const lost = await rowsOf<{ id: string; runtimes: string[] }>(
      manager,
      `UPDATE "worker" SET "stopped_at" = clock_timestamp()
       WHERE "stopped_at" IS NULL AND "last_seen" < clock_timestamp() - $1 * interval '1 millisecond' RETURNING "id", "runtimes"`,
      [WORKER_LOST_MS],
    );
    await announceRuntimes(
      manager,
      lost.flatMap(({ runtimes }) => runtimes),
    );
    const released = await rowsOf(
      manager,
      `UPDATE "game" g SET "state" = 'pending', "worker_id" = NULL, "started_at" = NULL
       FROM "worker" w WHERE w."id" = g."worker_id" AND w."stopped_at" IS NOT NULL AND g."state" = 'running' RETURNING g."id"`,
    );
    const open = await rowsOf<{
      id: string;
      shard_size: number;
      games_total: number;
      limits: Limits;
      runtime: string;
      indexes: number[];
    }>(
      manager,
      `SELECT e."id", e."shard_size", e."games_total", c."limits", s."manifest"->>'runtime' AS runtime,
         array_agg(DISTINCT g."game_index" / e."shard_size") AS indexes
       FROM "evaluation" e JOIN "game" g ON g."evaluation_id" = e."id" AND g."state" <> 'finished'
       JOIN "competition" c ON c."id" = e."competition_id" JOIN "submission" s ON s."id" = e."submission_id"
       WHERE e."state" IN ('queued', 'running') GROUP BY e."id", c."id", s."id"`,
    );
    for (const row of open) {
      const { id, runtime, shard_size, games_total, limits } = row;
      const shards = shardsOf({ evaluationId: id, runtime, size: shard_size, games: games_total, limits });
      await queue.add(
        manager,
        row.indexes.flatMap((index) => shards[index] ?? []),
      );
    }
    // Only now: a shard that dies while this runs would be enqueued anew, with all its tries.
    const dead = await queue.takeDead(manager);
    await queue.drop(
      manager,
      dead.map(({ job }) => job.evaluationId),
    );
    return { lostWorkers: lost.length, releasedGames: released.length, dead };
  });
  if (!found) return null;
  const evaluations = new EvaluationRepository(dataSource, queue);
  const failed: SweepResult['failed'] = [];
  for (const shard of found.dead) {
    const { job, reason } = shard;
    const told =
      `The platform could not play games ${job.from + 1} to ${job.to} ${howOften(shard)} (${reason}). ` +
      `This is not the agent's fault and costs you nothing: submit again, or ask the organisers to retry.`;
    if (await evaluations.fail(job.evaluationId, told))
      failed.push({ evaluationId: job.evaluationId, reason });
  }
  return { lostWorkers: found.lostWorkers, releasedGames: found.releasedGames, failed };
}

function howOften({ tries, leases }: DeadShard): string {
  if (tries >= TRIES) return `in ${plural(tries, 'try', 'tries')}`;
  return `though it began them ${plural(leases, 'time')}: most of its workers were lost while they did`;
}
