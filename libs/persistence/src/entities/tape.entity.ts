import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { SAFE_NUMBER } from './columns.ts';
import { Game } from './game.entity.ts';

/** The keys of a finished game, one byte a step, compressed. With the game's row they play it again. */
@Entity('tape')
@Check('tape_codec_check', `"codec" IN ('deflate')`)
@Check('tape_keys_check', `"keys" >= 0 AND "crc32" BETWEEN 0 AND 4294967295`)
export class Tape {
  @ForeignKey(() => Game, { name: 'tape_game_fkey' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'tape_pkey' })
  gameId!: string;

  @Column('bytea')
  bytes!: Buffer;

  @Column('text')
  codec!: 'deflate';

  /** Bytes before compression. */
  @Column('integer')
  keys!: number;

  /** Of the uncompressed keys. */
  @Column({ type: 'bigint', transformer: SAFE_NUMBER })
  crc32!: number;
}
