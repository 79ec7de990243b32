import type { MigrationInterface, QueryRunner } from 'typeorm';

const verdicts = (list: string): string[] => [
  `ALTER TABLE "game" DROP CONSTRAINT "game_verdict_check"`,
  `ALTER TABLE "game" ADD CONSTRAINT "game_verdict_check" CHECK ("verdict" IN (${list}))`,
];

const BEFORE = `'ok', 'crashed', 'killed', 'step_timeout', 'time_bank', 'out_of_memory', 'output_limit', 'protocol_error', 'invalid_action'`;

/** A system call that no agent may make ends the process, with a verdict of its own. */
export class ForbiddenCall1764800000000 implements MigrationInterface {
  readonly name = 'ForbiddenCall1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of verdicts(`${BEFORE}, 'forbidden_call'`)) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE "game" SET "verdict" = 'killed' WHERE "verdict" = 'forbidden_call'`);
    for (const sql of verdicts(BEFORE)) await runner.query(sql);
  }
}
