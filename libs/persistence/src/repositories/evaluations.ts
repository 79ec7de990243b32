import type { EvaluationState, EvaluationView, Limits } from '@arena/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { rowsOf, storable } from '../database/transaction.ts';
import type { ShardQueue } from '../queue/shard-queue.ts';
import { BoardRepository, lockEvaluation, refreshEvaluation } from './boards.ts';
import { notify } from './notices.ts';
import { obstacleOf, offeredRuntimes } from './offers.ts';
import { shardsOf } from './shards.ts';

export class EvaluationRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: ShardQueue,
  ) {}

  async find(id: string): Promise<EvaluationView | null> {
    return evaluationView(this.dataSource, id);
  }

  /**
   * Closes an evaluation that the platform could not play. Returns false if it was closed already.
   * @param reason for the participant: what happened, whose fault, what to do.
   */
  async fail(id: string, reason: string): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const evaluation = await lockEvaluation(manager, id);
      if (!evaluation || !['queued', 'running'].includes(evaluation.state)) return false;
      await manager.query(
        `UPDATE "evaluation" SET "platform_failures" = "platform_failures" + 1 WHERE "id" = $1`,
        [id],
      );
      await closeAsFailed(manager, id, evaluation, { reason, log: null });
      return true;
    });
  }

  /**
   * The way out of `failed`: the games that are missing are played after all, on their own seeds; finished ones stay.
   * Returns false if the submission's evaluation is not failed, null if there is no such submission.
   */
  async retry(submissionId: string): Promise<boolean | null> {
    return this.dataSource.transaction(async (manager) => {
      const [row] = await rowsOf<{
        id: string;
        games_total: number;
        shard_size: number;
        limits: Limits;
        runtime: string;
      }>(
        manager,
        `SELECT e."id", e."games_total", e."shard_size", c."limits", s."manifest"->>'runtime' AS runtime
         FROM "evaluation" e JOIN "competition" c ON c."id" = e."competition_id"
         JOIN "submission" s ON s."id" = e."submission_id" WHERE e."submission_id" = $1`,
        [submissionId],
      );
      const evaluation = row && (await lockEvaluation(manager, row.id));
      if (!row || !evaluation) return null;
      if (evaluation.state !== 'failed') return false;
      await manager.query(
        `UPDATE "evaluation" SET "state" = 'queued', "reason" = NULL, "log" = NULL, "finished_at" = NULL WHERE "id" = $1`,
        [row.id],
      );
      await refreshEvaluation(manager, row.id);
      const { id: evaluationId, runtime, shard_size: size, games_total: games, limits } = row;
      await this.queue.add(manager, shardsOf({ evaluationId, runtime, size, games, limits }));
      const { competition } = evaluation;
      await notify(
        manager,
        { kind: 'evaluation', evaluationId: row.id, submissionId, competition },
        { kind: 'board', competition },
      );
      return true;
    });
  }
}

/** Within a transaction that holds the evaluation's row lock: ends it as failed and tells the browsers. */
export async function closeAsFailed(
  manager: EntityManager,
  evaluationId: string,
  { submissionId, competition }: { submissionId: string; competition: string },
  told: { reason: string; log: string | null },
): Promise<void> {
  const log = told.log === null ? null : storable(told.log, 8000, 'end');
  await manager.query(
    `UPDATE "evaluation" SET "state" = 'failed', "reason" = $2, "log" = $3, "finished_at" = clock_timestamp() WHERE "id" = $1`,
    [evaluationId, storable(told.reason, 2000), log],
  );
  await refreshEvaluation(manager, evaluationId);
  await notify(
    manager,
    { kind: 'evaluation', evaluationId, submissionId, competition },
    { kind: 'board', competition },
  );
}

interface Row {
  state: EvaluationState;
  submission_id: string;
  competition_id: string;
  games_done: number;
  games_total: number;
  reason: string | null;
  log: string | null;
  started_at: Date | null;
  finished_at: Date | null;
  games_ahead: number | null;
  runtime: string;
}

/**
 * Ahead of a waiting evaluation: games that play now, and the first shards of those that came before it; its own first
 * shard goes before everybody's second.
 */
export async function evaluationView(dataSource: DataSource, id: string): Promise<EvaluationView | null> {
  const [row] = await rowsOf<Row>(
    dataSource,
    `SELECT e.*, CASE WHEN e."state" <> 'queued' THEN NULL ELSE (
       SELECT count(*)::int FROM "evaluation" o JOIN "game" g ON g."evaluation_id" = o."id"
       WHERE o."state" IN ('queued', 'running') AND o."id" <> e."id" AND g."state" <> 'finished'
         AND (g."state" = 'running' OR (o."created_at" < e."created_at" AND g."game_index" < o."shard_size"))
     ) END AS games_ahead, s."manifest"->>'runtime' AS runtime
     FROM "evaluation" e JOIN "submission" s ON s."id" = e."submission_id" WHERE e."id" = $1`,
    [id],
  );
  if (!row) return null;
  const isOpen = row.state === 'queued' || row.state === 'running';
  return {
    id,
    state: row.state,
    obstacle: isOpen ? obstacleOf(row.runtime, await offeredRuntimes(dataSource)) : null,
    gamesDone: row.games_done,
    gamesTotal: row.games_total,
    gamesAhead: row.games_ahead,
    reason: row.reason,
    log: row.log,
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    board: await new BoardRepository(dataSource).readRow(row.competition_id, row.submission_id),
  };
}
