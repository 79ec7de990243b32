import type { MigrationInterface, QueryRunner } from 'typeorm';

const verdicts = (list: string): string[] => [
  `ALTER TABLE "game" DROP CONSTRAINT "game_verdict_check"`,
  `ALTER TABLE "game" ADD CONSTRAINT "game_verdict_check" CHECK ("verdict" IN (${list}))`,
];

const BEFORE = `'ok', 'crashed', 'killed', 'step_timeout', 'time_bank', 'out_of_memory', 'output_limit', 'protocol_error', 'invalid_action', 'forbidden_call'`;

/** A game whose engine fails again with the same keys ends with a verdict of its own and the score so far. */
export class EngineError1765050000000 implements MigrationInterface {
  readonly name = 'EngineError1765050000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of verdicts(`${BEFORE}, 'engine_error'`)) await runner.query(sql);
  }

  /** The nearest verdict that was there before: the process was not at fault, the game was cut off. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE "game" SET "verdict" = 'crashed' WHERE "verdict" = 'engine_error'`);
    for (const sql of verdicts(BEFORE)) await runner.query(sql);
  }
}
