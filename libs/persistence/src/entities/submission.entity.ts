import type { AgentKind } from '@arena/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Archive } from './archive.entity.ts';
import { Competition } from './competition.entity.ts';

/** An agent handed in to a competition: what its manifest said, and the archive it lies in. */
@Entity('submission')
@Index('submission_competition_archive_idx', ['competitionId', 'archiveSha256'])
@Check('submission_kind_check', `"kind" IN ('neural', 'symbolic', 'hybrid')`)
export class Submission {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'submission_pkey' })
  id!: string;

  @ForeignKey(() => Competition, { name: 'submission_competition_fkey' })
  @Column('uuid')
  competitionId!: string;

  @ForeignKey(() => Archive, { name: 'submission_archive_fkey' })
  @Column('text')
  archiveSha256!: string;

  @Column('text')
  agentName!: string;

  @Column('text')
  agentVersion!: string;

  @Column('text')
  kind!: AgentKind;

  @Column('text')
  description!: string;

  @Column({ type: 'text', array: true })
  authors!: string[];

  /** The whole manifest as it was checked. */
  @Column('jsonb')
  manifest!: Record<string, unknown>;

  @Column('integer')
  protocolVersion!: number;

  @Column({ type: 'timestamptz', default: () => 'clock_timestamp()' })
  submittedAt!: Date;
}
