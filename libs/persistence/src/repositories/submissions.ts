import type { AgentKind, Limits, SubmissionView } from '@arena/contracts';
import { evaluationSeedRoot, gameSeeds, shardSize } from '@arena/scoring';
import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { rowsOf } from '../database/transaction.ts';
import { Submission } from '../entities/index.ts';
import type { ShardQueue } from '../queue/shard-queue.ts';
import { refreshEvaluation } from './boards.ts';
import { evaluationView } from './evaluations.ts';
import { notify } from './notices.ts';
import { shardsOf } from './shards.ts';

/** A checked archive with what its manifest says. */
export interface NewSubmission {
  competition: string;
  archive: { sha256: string; bytes: Buffer };
  agentName: string;
  agentVersion: string;
  kind: AgentKind;
  description: string;
  authors: string[];
  manifest: Record<string, unknown>;
  protocolVersion: number;
  /** What runs the agent, as its manifest names it. */
  runtime: string;
  /** Games the agent plays at once. */
  gamesAtOnce: number;
}

/** The very same archive is on this board already. */
export class DuplicateSubmissionError extends Error {
  override name = 'DuplicateSubmissionError';
  constructor(readonly submissionId: string) {
    super(
      `This very archive is on the board already, as submission ${submissionId}. ` +
        `The same agent would only be scored on other seeds; change it, or its version, and submit again.`,
    );
  }
}

export class SubmissionRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: ShardQueue,
  ) {}

  /**
   * Stores archive, submission, evaluation, a row for each of its games, its board row and its shards: all or nothing.
   * Resolves to the submission's id, or null if there is no such competition.
   * Throws {@link DuplicateSubmissionError}; an archive whose evaluation failed may come again.
   */
  async create(submission: NewSubmission): Promise<string | null> {
    return this.dataSource.transaction(async (manager) => {
      const [competition] = await rowsOf<CompetitionRow>(
        manager,
        `UPDATE "competition" SET "evaluations_made" = "evaluations_made" + 1 WHERE "slug" = $1
         RETURNING "id", "evaluations_made", "master_seed", "games_per_evaluation", "limits", "character", "options", "clock", "screen_descriptions",
           "rule_name", "rule_version"`,
        [submission.competition],
      );
      if (!competition) return null;
      const { archive } = submission;
      await refuseDuplicate(manager, competition.id, archive.sha256);
      await manager.query(
        'INSERT INTO "archive" ("sha256", "bytes", "size") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [archive.sha256, archive.bytes, archive.bytes.length],
      );
      const submissionId = randomUUID();
      await manager.query(
        `INSERT INTO "submission" ("id", "competition_id", "archive_sha256", "agent_name", "agent_version", "kind",
           "description", "authors", "manifest", "protocol_version") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          ...[submissionId, competition.id, archive.sha256, submission.agentName, submission.agentVersion],
          ...[
            submission.kind,
            submission.description,
            submission.authors,
            JSON.stringify({ ...submission.manifest, runtime: submission.runtime }),
          ],
          submission.protocolVersion,
        ],
      );
      const evaluationId = await createEvaluation(manager, competition, submissionId, submission);
      await this.queue.add(
        manager,
        shardsOf({
          evaluationId,
          runtime: submission.runtime,
          size: shardSize(submission.gamesAtOnce),
          games: competition.games_per_evaluation,
          limits: competition.limits,
        }),
      );
      await refreshEvaluation(manager, evaluationId);
      const where = { submissionId, competition: submission.competition };
      await notify(
        manager,
        { kind: 'evaluation', evaluationId, ...where },
        { kind: 'board', competition: submission.competition },
      );
      return submissionId;
    });
  }

  exists(id: string): Promise<boolean> {
    return this.dataSource.getRepository(Submission).existsBy({ id });
  }

  async find(id: string): Promise<SubmissionView | null> {
    const [row] = await rowsOf<{ evaluation_id: string; slug: string; limits: Limits }>(
      this.dataSource,
      `SELECT e."id" AS evaluation_id, c."slug", c."limits" FROM "evaluation" e
       JOIN "competition" c ON c."id" = e."competition_id" WHERE e."submission_id" = $1`,
      [id],
    );
    const submission = await this.dataSource.getRepository(Submission).findOneBy({ id });
    const evaluation = row && (await evaluationView(this.dataSource, row.evaluation_id));
    if (!row || !submission || !evaluation) return null;
    return {
      id,
      competition: row.slug,
      agentName: submission.agentName,
      agentVersion: submission.agentVersion,
      kind: submission.kind,
      description: submission.description,
      authors: submission.authors,
      submittedAt: submission.submittedAt.toISOString(),
      sha256: submission.archiveSha256,
      limits: row.limits,
      evaluation,
    };
  }
}

interface CompetitionRow {
  id: string;
  evaluations_made: number;
  master_seed: Buffer;
  games_per_evaluation: number;
  limits: Limits;
  character: string;
  options: string;
  clock: string;
  screen_descriptions: boolean;
  rule_name: string;
  rule_version: number;
}

/** The competition's row lock is held, so that two uploads of one archive follow each other. */
async function refuseDuplicate(manager: EntityManager, competitionId: string, sha256: string): Promise<void> {
  const [earlier] = await rowsOf<{ id: string }>(
    manager,
    `SELECT s."id" FROM "submission" s JOIN "evaluation" e ON e."submission_id" = s."id"
     WHERE s."competition_id" = $1 AND s."archive_sha256" = $2 AND e."state" <> 'failed' LIMIT 1`,
    [competitionId, sha256],
  );
  if (earlier) throw new DuplicateSubmissionError(earlier.id);
}

async function createEvaluation(
  manager: EntityManager,
  competition: CompetitionRow,
  submissionId: string,
  submission: NewSubmission,
): Promise<string> {
  const evaluationId = randomUUID();
  const games = competition.games_per_evaluation;
  const seedRoot = evaluationSeedRoot(competition.master_seed, competition.evaluations_made);
  await manager.query(
    `INSERT INTO "evaluation" ("id", "submission_id", "competition_id", "number", "seed_root", "games_total",
       "shard_size", "rule_name", "rule_version", "protocol_version") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[evaluationId, submissionId, competition.id, competition.evaluations_made, seedRoot, games],
      ...[
        shardSize(submission.gamesAtOnce),
        competition.rule_name,
        competition.rule_version,
        submission.protocolVersion,
      ],
    ],
  );
  const seeds = Array.from({ length: games }, (_, index) => gameSeeds(seedRoot, index));
  await manager.query(
    `INSERT INTO "game" ("evaluation_id", "game_index", "core_seed", "disp_seed", "start_character", "options", "clock",
       "screen_descriptions", "protocol_version")
     SELECT $1, seeds.place - 1, seeds.core, seeds.disp, $4, $5, $6, $7, $8
     FROM unnest($2::numeric[], $3::numeric[]) WITH ORDINALITY AS seeds (core, disp, place)`,
    [
      ...[evaluationId, seeds.map((pair) => pair.core.toString()), seeds.map((pair) => pair.disp.toString())],
      ...[competition.character, competition.options, competition.clock],
      ...[competition.screen_descriptions, submission.protocolVersion],
    ],
  );
  return evaluationId;
}
