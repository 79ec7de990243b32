import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tapes become files with all that entered the game and digests on the way. What was kept before, bare keys without
 * digests, cannot be made into one without the engine of then, which no server holds any more: those games keep their
 * figures and lose their replay.
 */
const UP = [
  `DROP TABLE "tape"`,
  `CREATE TABLE "tape" (
    "game_id" uuid NOT NULL,
    "bytes" bytea NOT NULL,
    CONSTRAINT "tape_pkey" PRIMARY KEY ("game_id"),
    CONSTRAINT "tape_game_fkey" FOREIGN KEY ("game_id") REFERENCES "game" ("id"),
    CONSTRAINT "tape_bytes_check" CHECK (octet_length("bytes") > 0)
  )`,
  // compressed already
  `ALTER TABLE "tape" ALTER COLUMN "bytes" SET STORAGE EXTERNAL`,
];

const DOWN = [
  `DROP TABLE "tape"`,
  `CREATE TABLE "tape" (
    "game_id" uuid NOT NULL,
    "bytes" bytea NOT NULL,
    "codec" text NOT NULL,
    "keys" integer NOT NULL,
    "crc32" bigint NOT NULL,
    CONSTRAINT "tape_pkey" PRIMARY KEY ("game_id"),
    CONSTRAINT "tape_game_fkey" FOREIGN KEY ("game_id") REFERENCES "game" ("id"),
    CONSTRAINT "tape_codec_check" CHECK ("codec" IN ('deflate')),
    CONSTRAINT "tape_keys_check" CHECK ("keys" >= 0 AND "crc32" BETWEEN 0 AND 4294967295)
  )`,
  `ALTER TABLE "tape" ALTER COLUMN "bytes" SET STORAGE EXTERNAL`,
];

export class TapeFiles1764500000000 implements MigrationInterface {
  name = 'TapeFiles1764500000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}
