import type { EvaluationState } from '@arena/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Competition } from './competition.entity.ts';
import { Submission } from './submission.entity.ts';

/** The games that decide a submission's place: how many, how far, from which seeds. */
@Entity('evaluation')
@Unique('evaluation_submission_key', ['submissionId'])
@Unique('evaluation_number_key', ['competitionId', 'number'])
@Index('evaluation_open_idx', ['createdAt'], { where: `"state" IN ('queued', 'running')` })
@Check('evaluation_state_check', `"state" IN ('queued', 'running', 'finished', 'failed')`)
@Check('evaluation_seed_check', `octet_length("seed_root") = 32`)
@Check(
  'evaluation_counts_check',
  `"games_total" > 0 AND "shard_size" > 0 AND "games_done" BETWEEN 0 AND "games_total"`,
)
@Check('evaluation_finished_check', `("state" = 'finished') = ("games_done" = "games_total")`)
@Check('evaluation_end_check', `("state" IN ('finished', 'failed')) = ("finished_at" IS NOT NULL)`)
@Check('evaluation_reason_check', `("state" = 'failed') = ("reason" IS NOT NULL)`)
export class Evaluation {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'evaluation_pkey' })
  id!: string;

  @ForeignKey(() => Submission, { name: 'evaluation_submission_fkey' })
  @Column('uuid')
  submissionId!: string;

  @ForeignKey(() => Competition, { name: 'evaluation_competition_fkey' })
  @Column('uuid')
  competitionId!: string;

  /** Counts the competition's evaluations from 1; the seed root comes from it. */
  @Column('integer')
  number!: number;

  @Column({ type: 'text', default: 'queued' })
  state!: EvaluationState;

  /** Only when failed: what happened, whose fault, what to do. */
  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  /** Only of one whose agent was refused: the last lines it printed on standard error. */
  @Column({ type: 'text', nullable: true })
  log!: string | null;

  /** When the agent was first seen to start in its sandbox; null until then. */
  @Column({ type: 'timestamptz', nullable: true })
  triedOutAt!: Date | null;

  @Column({ type: 'bytea', select: false })
  seedRoot!: Buffer;

  @Column('integer')
  gamesTotal!: number;

  @Column({ type: 'integer', default: 0 })
  gamesDone!: number;

  /** Games a shard. */
  @Column('integer')
  shardSize!: number;

  /** Shards that the platform could not play in all their tries. */
  @Column({ type: 'integer', default: 0 })
  platformFailures!: number;

  /** The agent's processes that ended, one after another, without having answered; 0 once one answers. */
  @Column({ type: 'integer', default: 0 })
  silentProcesses!: number;

  /** Times in a row that the agent was too late before it had scored; 0 once a game ends otherwise. */
  @Column({ type: 'integer', default: 0 })
  lateGames!: number;

  @Column('text')
  ruleName!: string;

  @Column('integer')
  ruleVersion!: number;

  @Column('integer')
  protocolVersion!: number;

  @Column({ type: 'timestamptz', default: () => 'clock_timestamp()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  startedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;
}
