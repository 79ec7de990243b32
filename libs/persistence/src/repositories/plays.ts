import type { EndReason, EvaluationState, Limits, Notice, Verdict } from '@arena/contracts';
import type { DataSource } from 'typeorm';
import { rowsOf, storable } from '../database/transaction.ts';
import type { LeasedShard, ShardJob } from '../queue/jobs.ts';
import type { ShardQueue } from '../queue/shard-queue.ts';
import { lockEvaluation, refreshEvaluation } from './boards.ts';
import { notify, notifyGames } from './notices.ts';
import { endIfOutOfTime, forgetStrikes } from './strikes.ts';

/** What a worker needs to play the games of a shard that are not finished yet. */
export interface ShardPlan {
  state: EvaluationState;
  archiveSha256: string;
  /** Whether the agent was seen to start before. */
  triedOut: boolean;
  limits: Limits;
  games: {
    id: string;
    index: number;
    seeds: { core: bigint; disp: bigint; reseed: boolean };
    character: string;
    options: string;
    clock: number;
    screenDescriptions: boolean;
  }[];
}

/** A finished game as its worker saw it. */
export interface GameReport {
  gameId: string;
  workerId: string;
  engineId: string;
  /** What held the agent in, in words. */
  sandbox: string;
  limits: Limits;
  /** A `sandbox_error` is never reported: the game goes back to pending. */
  verdict: Exclude<Verdict, 'sandbox_error'>;
  verdictReason: string | null;
  endReason: EndReason;
  how: string | null;
  score: number;
  turns: number;
  steps: number;
  deepestLevel: number;
  experienceLevel: number;
  character: string | null;
  death: string | null;
  ascended: boolean;
  xlogfile: Record<string, string> | null;
  agentTimeUs: number;
  cpuTimeUs: number | null;
  gameTimeUs: number;
  log: string | null;
  /** The game's tape as a file; docs/TAPES.md. Null for a game that the engine could not start. */
  tape: Uint8Array | null;
}

/** The worker's side of games: begin, report, give back. */
export class PlayRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: ShardQueue,
  ) {}

  /** null if the evaluation is gone. */
  async plan({
    evaluationId,
    from,
    to,
  }: Pick<ShardJob, 'evaluationId' | 'from' | 'to'>): Promise<ShardPlan | null> {
    const [head] = await rowsOf<Pick<ShardPlan, 'state' | 'archiveSha256' | 'triedOut' | 'limits'>>(
      this.dataSource,
      `SELECT e."state", s."archive_sha256" AS "archiveSha256", e."tried_out_at" IS NOT NULL AS "triedOut", c."limits"
       FROM "evaluation" e JOIN "submission" s ON s."id" = e."submission_id"
       JOIN "competition" c ON c."id" = e."competition_id" WHERE e."id" = $1`,
      [evaluationId],
    );
    if (!head) return null;
    const games = await rowsOf<{
      id: string;
      game_index: number;
      core_seed: string;
      disp_seed: string;
      reseed: boolean;
      start_character: string;
      options: string;
      clock: string;
      screen_descriptions: boolean;
    }>(
      this.dataSource,
      `SELECT "id", "game_index", "core_seed", "disp_seed", "reseed", "start_character", "options", "clock",
         "screen_descriptions" FROM "game"
       WHERE "evaluation_id" = $1 AND "game_index" >= $2 AND "game_index" < $3 AND "state" <> 'finished'
       ORDER BY "game_index"`,
      [evaluationId, from, to],
    );
    return {
      ...head,
      games: games.map((game) => ({
        id: game.id,
        index: game.game_index,
        seeds: { core: BigInt(game.core_seed), disp: BigInt(game.disp_seed), reseed: game.reseed },
        character: game.start_character,
        options: game.options,
        clock: Number(game.clock),
        screenDescriptions: game.screen_descriptions,
      })),
    };
  }

  /** Marks a game as being played by this worker. Returns false if it is finished already. */
  async begin(gameId: string, workerId: string, character: string | null = null): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [game] = await rowsOf<{ evaluation_id: string }>(
        manager,
        `UPDATE "game" SET "state" = 'running', "worker_id" = $2, "attempt" = "attempt" + 1, "started_at" = clock_timestamp(),
           "character" = $3
         WHERE "id" = $1 AND "state" <> 'finished' RETURNING "evaluation_id"`,
        [gameId, workerId, character],
      );
      if (!game) return false;
      const evaluationId = game.evaluation_id;
      const opened = await rowsOf(
        manager,
        `UPDATE "evaluation" SET "state" = 'running', "started_at" = coalesce("started_at", clock_timestamp())
         WHERE "id" = $1 AND "state" = 'queued' RETURNING "id"`,
        [evaluationId],
      );
      if (opened.length > 0) await refreshEvaluation(manager, evaluationId);
      const [row] = await rowsOf<{ submissionId: string; competition: string }>(
        manager,
        `SELECT e."submission_id" AS "submissionId", c."slug" AS "competition" FROM "evaluation" e
         JOIN "competition" c ON c."id" = e."competition_id" WHERE e."id" = $1`,
        [evaluationId],
      );
      if (!row) return false;
      const notices: Notice[] = [{ kind: 'game:started', gameId, ...row }];
      if (opened.length > 0) {
        notices.push(
          { kind: 'evaluation', evaluationId, ...row },
          { kind: 'board', competition: row.competition },
        );
      }
      await notify(manager, ...notices);
      return true;
    });
  }

  /**
   * Writes a finished game, its tape, the evaluation's counts, the board row and the board's version, and tells the
   * browsers, all in one transaction. A game that is finished already is left as it is, whoever reports it again:
   * then false.
   */
  async report(report: GameReport): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [game] = await rowsOf<{ evaluation_id: string }>(manager, FINISH, finishValues(report));
      if (!game) return false;
      const evaluationId = game.evaluation_id;
      if (report.tape !== null)
        await manager.query('INSERT INTO "tape" ("game_id", "bytes") VALUES ($1, $2)', [
          report.gameId,
          report.tape,
        ]);
      const evaluation = await lockEvaluation(manager, evaluationId);
      if (!evaluation) throw new Error(`game ${report.gameId} has no evaluation ${evaluationId}`);
      if (evaluation.state === 'queued') {
        await manager.query(
          `UPDATE "evaluation" SET "state" = 'running', "started_at" = coalesce("started_at", clock_timestamp()) WHERE "id" = $1`,
          [evaluationId],
        );
      }
      await forgetStrikes(manager, evaluationId, report);
      const { submissionId, competition } = evaluation;
      const unplayed = await endIfOutOfTime(manager, evaluationId, report.workerId);
      await refreshEvaluation(manager, evaluationId);
      await notifyGames(manager, 'game:ended', unplayed, { submissionId, competition });
      await notify(
        manager,
        { kind: 'game:ended', gameId: report.gameId, submissionId, competition },
        { kind: 'evaluation', evaluationId, submissionId, competition },
        { kind: 'board', competition },
      );
      return true;
    });
  }

  /** Games this worker plays no longer go back to pending; how many that were. */
  async release(workerId: string, gameIds: readonly string[]): Promise<number> {
    const rows = await rowsOf(
      this.dataSource,
      `UPDATE "game" SET "state" = 'pending', "worker_id" = NULL, "started_at" = NULL
       WHERE "id" = ANY($2) AND "worker_id" = $1 AND "state" = 'running' RETURNING "id"`,
      [workerId, gameIds],
    );
    return rows.length;
  }

  /** Whether games of other evaluations wait that come before the rest of this shard, or with it. */
  async othersWait(job: ShardJob): Promise<boolean> {
    return this.queue.othersWait(job);
  }

  /** Gives a shard back to the queue for another worker, without counting a try. */
  async handBack(shard: LeasedShard): Promise<void> {
    await this.dataSource.transaction((manager) => this.queue.handBack(shard, manager));
  }
}

const FINISH = `
UPDATE "game" SET "state" = 'finished', "finished_at" = clock_timestamp(),
  "started_at" = coalesce("started_at", clock_timestamp()),
  "worker_id" = $2, "engine_id" = $3, "sandbox" = $4, "limits" = $5, "verdict" = $6, "verdict_reason" = $7,
  "end_reason" = $8, "how" = $9, "score" = $10, "turns" = $11, "steps" = $12, "deepest_level" = $13,
  "experience_level" = $14, "character" = $15, "death" = $16, "ascended" = $17, "points" = $18, "xlogfile" = $19,
  "agent_time_us" = $20, "game_time_us" = $21, "log" = $22, "cpu_time_us" = $23
WHERE "id" = $1 AND "state" <> 'finished' RETURNING "evaluation_id"`;

/** Agents write these texts: 8,000 characters of log, 1,000 of a reason. */
function finishValues(report: GameReport): unknown[] {
  const points = Number(report.xlogfile?.['points']);
  return [
    ...[report.gameId, report.workerId, report.engineId, report.sandbox, JSON.stringify(report.limits)],
    ...[
      report.verdict,
      report.verdictReason === null ? null : storable(report.verdictReason, 1000),
      report.endReason,
    ],
    ...[report.how, report.score, report.turns, report.steps, report.deepestLevel, report.experienceLevel],
    ...[report.character, report.death === null ? null : storable(report.death, 1000), report.ascended],
    ...[
      Number.isSafeInteger(points) ? points : null,
      report.xlogfile === null ? null : storableRecord(report.xlogfile),
    ],
    ...[Math.round(report.agentTimeUs), Math.round(report.gameTimeUs)],
    report.log === null ? null : storable(report.log, 8000, 'end'),
    report.cpuTimeUs === null ? null : Math.round(report.cpuTimeUs),
  ];
}

function storableRecord(record: Record<string, string>): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(record).map(([name, value]) => [storable(name, 100), storable(value, 1000)]),
    ),
  );
}
