import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** An uploaded .tar.gz by the sha256 of its bytes. Several submissions may share one. */
@Entity('archive')
@Check('archive_sha256_check', `"sha256" ~ '^[0-9a-f]{64}$'`)
@Check('archive_size_check', `"size" = octet_length("bytes") AND "size" > 0`)
export class Archive {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'archive_pkey' })
  sha256!: string;

  @Column({ type: 'bytea', select: false })
  bytes!: Buffer;

  @Column('integer')
  size!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
