import type { DataSource } from 'typeorm';
import { rowsOf } from '../database/transaction.ts';
import { lockEvaluation } from './boards.ts';
import { closeAsFailed } from './evaluations.ts';

/**
 * How the start of an evaluation's agent, before its first shard, went. Several workers may try at once, and one may die
 * in the midst: what is written first holds, and where nothing is, the next one tries again.
 */
export class TryOutRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The agent starts. Resolves to whether the evaluation is open, so that its games may be played. */
  async passed(evaluationId: string): Promise<boolean> {
    const rows = await rowsOf(
      this.dataSource,
      `UPDATE "evaluation" SET "tried_out_at" = coalesce("tried_out_at", clock_timestamp())
       WHERE "id" = $1 AND "state" IN ('queued', 'running') RETURNING "id"`,
      [evaluationId],
    );
    return rows.length > 0;
  }

  /**
   * The agent does not start: ends the evaluation as failed, without a game. Resolves to false where it was seen to start
   * before, by another worker: then its games are played.
   */
  async refused(evaluationId: string, told: { reason: string; log: string }): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const evaluation = await lockEvaluation(manager, evaluationId);
      if (!evaluation || !['queued', 'running'].includes(evaluation.state)) return true;
      const [row] = await rowsOf<{ passed: boolean }>(
        manager,
        'SELECT "tried_out_at" IS NOT NULL AS passed FROM "evaluation" WHERE "id" = $1',
        [evaluationId],
      );
      if (row?.passed) return false;
      await closeAsFailed(manager, evaluationId, evaluation, told);
      return true;
    });
  }
}
