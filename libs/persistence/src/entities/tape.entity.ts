import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Game } from './game.entity.ts';

/** What plays a finished game again and proves it: the very file that is given to whoever downloads it. */
@Entity('tape')
@Check('tape_bytes_check', `octet_length("bytes") > 0`)
export class Tape {
  @ForeignKey(() => Game, { name: 'tape_game_fkey' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'tape_pkey' })
  gameId!: string;

  @Column('bytea')
  bytes!: Buffer;
}
