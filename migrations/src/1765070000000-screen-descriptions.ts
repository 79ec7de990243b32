import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether the text of screen_descriptions is asked for in a game, which touches the game itself. Games that are over were played as
 * if it were; those that are not begin anew with their competition's setting.
 */
export class ScreenDescriptions1765070000000 implements MigrationInterface {
  readonly name = 'ScreenDescriptions1765070000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "competition" ADD "screen_descriptions" boolean NOT NULL DEFAULT false`);
    // A default for the rows that are there rewrites none of them.
    await runner.query(`ALTER TABLE "game" ADD "screen_descriptions" boolean NOT NULL DEFAULT true`);
    await runner.query(`ALTER TABLE "game" ALTER "screen_descriptions" SET DEFAULT false`);
    await runner.query(`UPDATE "game" SET "screen_descriptions" = false WHERE "state" <> 'finished'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "game" DROP "screen_descriptions"`);
    await runner.query(`ALTER TABLE "competition" DROP "screen_descriptions"`);
  }
}
