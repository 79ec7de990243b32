import type { MigrationInterface, QueryRunner } from 'typeorm';

const verdicts = (list: string): string[] => [
  `ALTER TABLE "game" DROP CONSTRAINT "game_verdict_check"`,
  `ALTER TABLE "game" ADD CONSTRAINT "game_verdict_check" CHECK ("verdict" IN (${list}))`,
];

const BEFORE = `'ok', 'crashed', 'killed', 'step_timeout', 'time_bank', 'out_of_memory', 'output_limit', 'protocol_error'`;

/** An answer that is no action ends its own game, with a verdict of its own. */
export class InvalidAction1764600000000 implements MigrationInterface {
  readonly name = 'InvalidAction1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of verdicts(`${BEFORE}, 'invalid_action'`)) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE "game" SET "verdict" = 'protocol_error' WHERE "verdict" = 'invalid_action'`);
    for (const sql of verdicts(BEFORE)) await runner.query(sql);
  }
}
