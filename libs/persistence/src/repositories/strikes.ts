import type { Verdict } from '@arena/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { rowsOf, storable } from '../database/transaction.ts';
import { lockEvaluation, refreshEvaluation } from './boards.ts';
import { notify, notifyGames } from './notices.ts';

/**
 * A failure of the agent that costs the queue time and shows nothing of the agent.
 * `silent`: a process ended without having answered one question, be it at its start or at its first game.
 * `late`: the clock ended a game, or the process that played it, before anything was scored.
 */
export interface Strike {
  kind: 'silent' | 'late';
  verdict: Exclude<Verdict, 'ok' | 'sandbox_error'>;
  /** The sentence about the failure itself. */
  reason: string;
}

/**
 * How many strikes in a row give an evaluation up. Two silent processes end a shard; the third comes in another sandbox, in
 * most cases of another shard and some time later, so that one bad moment of a machine cannot do it. What is late
 * without a score may still be thinking: eight in a row, in competitions where one game in three scores nothing, come to
 * an honest agent once in 6,500 evaluations.
 */
export const STRIKES = { silent: 3, late: 8 } as const;

/** Remembers an agent's strikes across shards and workers, and gives evaluations up. */
export class StrikeRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Counts a strike. After too many in a row all games that wait are finished with its verdict, a score of 0 and the reason:
   * games that are in play, wherever, go on and count. Resolves to whether nothing of this evaluation is left to begin.
   */
  async add(evaluationId: string, workerId: string, strike: Strike): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const evaluation = await lockEvaluation(manager, evaluationId);
      if (!evaluation || evaluation.state === 'finished' || evaluation.state === 'failed') return true;
      const column = strike.kind === 'silent' ? 'silent_processes' : 'late_games';
      const [counted] = await rowsOf<{ strikes: number }>(
        manager,
        `UPDATE "evaluation" SET "${column}" = "${column}" + 1 WHERE "id" = $1 RETURNING "${column}" AS strikes`,
        [evaluationId],
      );
      if (!counted || counted.strikes < STRIKES[strike.kind]) return false;
      const ended = await rowsOf<{ id: string }>(manager, END_WAITING, [
        ...[evaluationId, workerId, strike.verdict, storable(givenUp(strike, counted.strikes), 1000)],
      ]);
      if (ended.length === 0) return true;
      const ids = ended.map(({ id }) => id);
      await manager.query(
        `UPDATE "evaluation" SET "state" = 'running', "started_at" = coalesce("started_at", clock_timestamp()) WHERE "id" = $1`,
        [evaluationId],
      );
      await refreshEvaluation(manager, evaluationId);
      const { submissionId, competition } = evaluation;
      await notifyGames(manager, 'game:ended', ids, { submissionId, competition });
      await notify(
        manager,
        { kind: 'evaluation', evaluationId, submissionId, competition },
        { kind: 'board', competition },
      );
      return true;
    });
  }
}

/**
 * A game in which the agent answered ends its row of silent processes; one that scored or was not late, its row of late
 * games. Within the transaction that reports the game.
 */
export async function forgetStrikes(
  manager: EntityManager,
  evaluationId: string,
  game: { verdict: Verdict; steps: number; score: number },
): Promise<void> {
  if (game.steps === 0) return;
  const late = (game.verdict === 'step_timeout' || game.verdict === 'time_bank') && game.score <= 0;
  await manager.query(
    `UPDATE "evaluation" SET "silent_processes" = 0, "late_games" = CASE WHEN $2 THEN "late_games" ELSE 0 END
     WHERE "id" = $1 AND ("silent_processes" > 0 OR "late_games" > 0)`,
    [evaluationId, late],
  );
}

/**
 * Once an evaluation's games have used up the agent's time for all of them, those that wait are not played any more; those in
 * play go on and count. Within the transaction that reports a game. Resolves to the games that were ended.
 */
export async function endIfOutOfTime(
  manager: EntityManager,
  evaluationId: string,
  workerId: string,
): Promise<string[]> {
  const [row] = await rowsOf<{ most: number | null; used: number | null }>(
    manager,
    `SELECT (c."limits"->>'evaluationTimeMs')::double precision AS most,
       (SELECT sum(g."agent_time_us") FROM "game" g WHERE g."evaluation_id" = e."id")::double precision / 1000 AS used
     FROM "evaluation" e JOIN "competition" c ON c."id" = e."competition_id" WHERE e."id" = $1`,
    [evaluationId],
  );
  if (!row || row.most === null || (row.used ?? 0) <= row.most) return [];
  const reason = `not played, since this agent had used up the ${row.most / 1000} s of thinking time that it has for all games of an evaluation`;
  const ended = await rowsOf<{ id: string }>(manager, END_WAITING, [
    ...[evaluationId, workerId, 'time_bank', reason],
  ]);
  return ended.map(({ id }) => id);
}

/** Games that another transaction holds are being begun or reported, and so are not left out but in play. */
const END_WAITING = `
UPDATE "game" SET "state" = 'finished', "started_at" = clock_timestamp(), "finished_at" = clock_timestamp(),
  "worker_id" = worker."id", "engine_id" = worker."engine_id", "sandbox" = worker."sandbox", "limits" = rules."limits",
  "verdict" = $3, "verdict_reason" = $4, "end_reason" = 'agent', "score" = 0, "turns" = 0, "steps" = 0,
  "deepest_level" = 0, "experience_level" = 0, "agent_time_us" = 0, "game_time_us" = 0
FROM "worker" worker, (
  SELECT c."limits" FROM "evaluation" e JOIN "competition" c ON c."id" = e."competition_id" WHERE e."id" = $1
) rules
WHERE worker."id" = $2 AND "game"."id" IN (
  SELECT "id" FROM "game" WHERE "evaluation_id" = $1 AND "state" = 'pending' FOR UPDATE SKIP LOCKED
) RETURNING "game"."id"`;

function givenUp({ kind, reason }: Strike, times: number): string {
  const what =
    kind === 'silent'
      ? `${times} processes of this agent in a row ended without having answered a question`
      : `this agent ran out of time ${times} times in a row without having scored`;
  return `not played, since ${what}; the last time ${reason}`;
}
