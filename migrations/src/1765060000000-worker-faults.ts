import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What went wrong with a worker's sandboxes, for the health page: the last twenty. */
export class WorkerFaults1765060000000 implements MigrationInterface {
  readonly name = 'WorkerFaults1765060000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "worker" ADD COLUMN "faults" jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "worker" DROP COLUMN "faults"`);
  }
}
