import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which runtimes a worker offers, and why it does not offer the others. */
export class OfferedRuntimes1764700000000 implements MigrationInterface {
  readonly name = 'OfferedRuntimes1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "worker"
      ADD "runtimes" text[] NOT NULL DEFAULT '{}',
      ADD "missing_runtimes" jsonb NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "worker" DROP "runtimes", DROP "missing_runtimes"`);
  }
}
