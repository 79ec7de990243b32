/** Which runtimes the workers offer, and who is told when that changes. */
import type { DataSource, EntityManager } from 'typeorm';
import { rowsOf } from '../database/transaction.ts';
import { notify } from './notices.ts';

/** A worker beats every WORKER_BEAT_MS and counts as lost after WORKER_LOST_MS without a beat. */
export const WORKER_BEAT_MS = 3_000;
export const WORKER_LOST_MS = 15_000;

/** Of a row of `worker`. */
export const ALIVE = `"stopped_at" IS NULL AND "last_seen" > clock_timestamp() - ${WORKER_LOST_MS} * interval '1 millisecond'`;

/** Those that some worker offers at present, sorted; null if no worker is running. */
export async function offeredRuntimes(source: DataSource | EntityManager): Promise<string[] | null> {
  const [row] = await rowsOf<{ workers: number; offered: string[] | null }>(
    source,
    `SELECT count(DISTINCT "id")::int AS workers, array_agg(DISTINCT runtime ORDER BY runtime) FILTER (WHERE runtime IS NOT NULL)
       AS offered FROM "worker" LEFT JOIN LATERAL unnest("runtimes") AS runtime ON true WHERE ${ALIVE}`,
  );
  return row && row.workers > 0 ? (row.offered ?? []) : null;
}

/** What keeps an open evaluation in this runtime from being played, and what can be done; null: nothing does. */
export function obstacleOf(runtime: string, offered: readonly string[] | null): string | null {
  if (offered === null) {
    return (
      'No worker is running at present. The games wait, and begin by themselves once an organiser has started a worker; ' +
      'nothing is lost, and nothing has to be submitted again.'
    );
  }
  if (offered.includes(runtime)) return null;
  return (
    `No worker at present offers the runtime ${runtime}; offered are: ${offered.join(', ') || 'none'}. ` +
    'The games wait, and begin by themselves once one does; nothing has to be submitted again. ' +
    'Organisers find at /api/health why a worker does not offer it. ' +
    'Whoever does not want to wait may submit a version of the agent for a runtime that is offered.'
  );
}

/**
 * Tells the browsers about open evaluations in these runtimes, after a worker with them came or went, but for those that
 * another worker offers all the same.
 */
export async function announceRuntimes(
  manager: EntityManager,
  runtimes: readonly string[],
  workerId: string | null = null,
): Promise<void> {
  if (runtimes.length === 0) return;
  const open = await rowsOf<{ evaluationId: string; submissionId: string; competition: string }>(
    manager,
    `SELECT e."id" AS "evaluationId", e."submission_id" AS "submissionId", c."slug" AS "competition"
     FROM "evaluation" e JOIN "submission" s ON s."id" = e."submission_id"
     JOIN "competition" c ON c."id" = e."competition_id"
     WHERE e."state" IN ('queued', 'running') AND NOT EXISTS (
       SELECT 1 FROM "worker" WHERE ${ALIVE} AND "id" IS DISTINCT FROM $1 AND s."manifest"->>'runtime' = ANY("runtimes"))`,
    [workerId],
  );
  await notify(manager, ...open.map((row) => ({ kind: 'evaluation' as const, ...row })));
}
