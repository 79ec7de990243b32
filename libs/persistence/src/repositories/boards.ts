import type { AgentKind, BoardRow, BoardView, EvaluationState } from '@arena/contracts';
import { rank } from '@arena/scoring';
import type { DataSource, EntityManager } from 'typeorm';
import { rowsOf } from '../database/transaction.ts';
import { Competition } from '../entities/index.ts';
import { competitionView } from './competitions.ts';

interface Line {
  submission_id: string;
  agent_name: string;
  agent_version: string;
  kind: AgentKind;
  authors: string[];
  submitted_at: Date;
  state: EvaluationState;
  games_done: number;
  games_total: number;
  ascensions: number;
  median: number | null;
  quartile1: number | null;
  quartile3: number | null;
  mean: number | null;
  best_depth: number | null;
  faults: number;
}

export class BoardRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The board in its order, or null if there is no such competition. Version and rows are of one moment. */
  async read(slug: string): Promise<BoardView | null> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const competition = await manager.getRepository(Competition).findOneBy({ slug });
      if (!competition) return null;
      const [board] = await rowsOf<{ version: string }>(
        manager,
        'SELECT "version" FROM "board" WHERE "competition_id" = $1',
        [competition.id],
      );
      return {
        competition: competitionView(competition),
        rows: await readRows(manager, competition.id),
        version: Number(board?.version ?? 0),
      };
    });
  }

  /**
   * Changes whenever what {@link read} gives may have changed; null if there is no such competition. One look at two rows by
   * their keys, where the board itself is as many rows as there are submissions. `xmin` moves with each change of the
   * competition's own row (its name, say), which leaves the board's version alone.
   */
  async stamp(slug: string): Promise<string | null> {
    const [row] = await rowsOf<{ stamp: string }>(
      this.dataSource,
      `SELECT c."id" || ' ' || c.xmin || ' ' || coalesce(b."version", 0) AS stamp
       FROM "competition" c LEFT JOIN "board" b ON b."competition_id" = c."id" WHERE c."slug" = $1`,
      [slug],
    );
    return row?.stamp ?? null;
  }

  /** One submission's row with its rank among all. */
  async readRow(competitionId: string, submissionId: string): Promise<BoardRow | null> {
    const rows = await readRows(this.dataSource.manager, competitionId);
    return rows.find((row) => row.submissionId === submissionId) ?? null;
  }
}

async function readRows(manager: EntityManager, competitionId: string): Promise<BoardRow[]> {
  const lines = await rowsOf<Line>(
    manager,
    `SELECT b.*, s."agent_name", s."agent_version", s."kind", s."authors", s."submitted_at"
     FROM "board_row" b JOIN "submission" s ON s."id" = b."submission_id" WHERE b."competition_id" = $1`,
    [competitionId],
  );
  const standings = lines.map((line) => ({
    submissionId: line.submission_id,
    submittedAt: line.submitted_at.getTime(),
    scored: line.games_done > 0 && line.state !== 'failed',
    ascensions: line.ascensions,
    median: line.median,
    mean: line.mean,
    line,
  }));
  return rank(standings).map(({ rank: place, standing: { line } }) => ({
    rank: place,
    submissionId: line.submission_id,
    agentName: line.agent_name,
    agentVersion: line.agent_version,
    kind: line.kind,
    authors: line.authors,
    submittedAt: line.submitted_at.toISOString(),
    state: line.state,
    gamesDone: line.games_done,
    gamesTotal: line.games_total,
    ascensions: line.ascensions,
    median: line.median,
    quartile1: line.quartile1,
    quartile3: line.quartile3,
    mean: line.mean,
    bestDepth: line.best_depth,
    faults: line.faults,
  }));
}

/**
 * Counts an evaluation's finished games anew, closes it when all are there, and brings its board row and the board's
 * version up to date. The caller's transaction must hold the evaluation's row lock ({@link lockEvaluation}): then two
 * reports follow each other and the later sees the earlier's game.
 */
export async function refreshEvaluation(manager: EntityManager, evaluationId: string): Promise<void> {
  await manager.query(COUNT_GAMES, [evaluationId]);
  await manager.query(WRITE_ROW, [evaluationId]);
  await manager.query(
    `UPDATE "board" SET "version" = "version" + 1
     WHERE "competition_id" = (SELECT "competition_id" FROM "evaluation" WHERE "id" = $1)`,
    [evaluationId],
  );
}

/** Locks the evaluation's row until the transaction ends; resolves to what its notices need, or null. */
export async function lockEvaluation(
  manager: EntityManager,
  evaluationId: string,
): Promise<{ state: EvaluationState; submissionId: string; competition: string } | null> {
  const [row] = await rowsOf<{ state: EvaluationState; submission_id: string; slug: string }>(
    manager,
    `SELECT e."state", e."submission_id", c."slug" FROM "evaluation" e
     JOIN "competition" c ON c."id" = e."competition_id" WHERE e."id" = $1 FOR UPDATE OF e`,
    [evaluationId],
  );
  return row ? { state: row.state, submissionId: row.submission_id, competition: row.slug } : null;
}

const COUNT_GAMES = `
UPDATE "evaluation" e SET
  "games_done" = done.count,
  "state" = CASE WHEN done.count = e."games_total" THEN 'finished' ELSE e."state" END,
  "reason" = CASE WHEN done.count = e."games_total" THEN NULL ELSE e."reason" END,
  "finished_at" = CASE WHEN done.count = e."games_total" THEN clock_timestamp() ELSE e."finished_at" END
FROM (SELECT count(*)::int AS count FROM "game" WHERE "evaluation_id" = $1 AND "state" = 'finished') done
WHERE e."id" = $1`;

/** The quartiles are those of @arena/scoring's quantile(); a test holds both to the same bits. */
const WRITE_ROW = `
INSERT INTO "board_row" ("competition_id", "submission_id", "state", "games_done", "games_total", "ascensions",
  "median", "quartile1", "quartile3", "mean", "best_depth", "faults", "engine_ids",
  "rule_name", "rule_version", "protocol_version")
SELECT e."competition_id", e."submission_id", e."state", e."games_done", e."games_total", f.*,
  e."rule_name", e."rule_version", e."protocol_version"
FROM "evaluation" e, LATERAL (
  SELECT count(*) FILTER (WHERE g."ascended")::int,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY g."score"),
    percentile_cont(0.25) WITHIN GROUP (ORDER BY g."score"),
    percentile_cont(0.75) WITHIN GROUP (ORDER BY g."score"),
    sum(g."score")::double precision / nullif(count(*), 0),
    max(g."deepest_level"),
    count(*) FILTER (WHERE g."verdict" NOT IN ('ok', 'engine_error'))::int,
    coalesce(array_agg(DISTINCT g."engine_id") FILTER (WHERE g."engine_id" IS NOT NULL), '{}')
  FROM "game" g WHERE g."evaluation_id" = e."id" AND g."state" = 'finished'
) f
WHERE e."id" = $1
ON CONFLICT ("competition_id", "submission_id") DO UPDATE SET
  "state" = excluded."state", "games_done" = excluded."games_done", "games_total" = excluded."games_total",
  "ascensions" = excluded."ascensions", "median" = excluded."median", "quartile1" = excluded."quartile1",
  "quartile3" = excluded."quartile3", "mean" = excluded."mean", "best_depth" = excluded."best_depth",
  "faults" = excluded."faults", "engine_ids" = excluded."engine_ids", "rule_name" = excluded."rule_name",
  "rule_version" = excluded."rule_version", "protocol_version" = excluded."protocol_version", "updated_at" = now()`;
