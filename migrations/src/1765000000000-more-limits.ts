import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The challenge's, far above what was seen; what a competition says itself stays. */
const MORE = JSON.stringify({
  wallMs: 14_400_000,
  evaluationTimeMs: 172_800_000,
  outputBytesPerGame: 67_108_864,
  openFiles: 256,
  cpuPercent: 400,
});

/** Limits of a game's duration and output, an evaluation's time, open files and processor share; processor time of games. */
export class MoreLimits1765000000000 implements MigrationInterface {
  readonly name = 'MoreLimits1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "game" ADD "cpu_time_us" bigint');
    await runner.query(`UPDATE "competition" SET "limits" = '${MORE}'::jsonb || "limits"`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "game" DROP "cpu_time_us"');
    await runner.query(
      `UPDATE "competition" SET "limits" = "limits" - '{wallMs,evaluationTimeMs,outputBytesPerGame,openFiles,cpuPercent}'::text[]`,
    );
  }
}
