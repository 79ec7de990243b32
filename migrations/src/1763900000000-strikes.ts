import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an evaluation remembers of an agent's failures from shard to shard, so that a hopeless one is given up. */
export class Strikes1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "evaluation" ADD "silent_processes" integer NOT NULL DEFAULT 0,
         ADD "late_games" integer NOT NULL DEFAULT 0`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "evaluation" DROP "silent_processes", DROP "late_games"`);
  }
}
