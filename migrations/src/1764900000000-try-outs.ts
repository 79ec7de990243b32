import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether an evaluation's agent was seen to start before its first game, and what one that did not start printed. */
export class TryOuts1764900000000 implements MigrationInterface {
  readonly name = 'TryOuts1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "evaluation"
      ADD "log" text,
      ADD "tried_out_at" timestamp with time zone`);
    // What has begun is played on as it began.
    await runner.query(
      `UPDATE "evaluation" SET "tried_out_at" = coalesce("started_at", "created_at") WHERE "state" <> 'queued'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "evaluation" DROP "log", DROP "tried_out_at"`);
  }
}
