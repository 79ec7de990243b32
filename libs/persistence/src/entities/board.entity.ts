import type { EvaluationState } from '@arena/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { SAFE_NUMBER } from './columns.ts';
import { Competition } from './competition.entity.ts';
import { Submission } from './submission.entity.ts';

/** A competition's board; its version rises with every change of a row. */
@Entity('board')
export class Board {
  @ForeignKey(() => Competition, { name: 'board_competition_fkey' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'board_pkey' })
  competitionId!: string;

  @Column({ type: 'bigint', default: 0, transformer: SAFE_NUMBER })
  version!: number;
}

/** A submission's figures, kept up to date in the transaction that reports a game. Ranks are given on reading. */
@Entity('board_row')
@Check('board_row_state_check', `"state" IN ('queued', 'running', 'finished', 'failed')`)
@Check(
  'board_row_counts_check',
  `"games_done" BETWEEN 0 AND "games_total" AND "ascensions" BETWEEN 0 AND "games_done" AND "faults" BETWEEN 0 AND "games_done"`,
)
@Check(
  'board_row_figures_check',
  `num_nulls("median", "quartile1", "quartile3", "mean", "best_depth") = CASE WHEN "games_done" = 0 THEN 5 ELSE 0 END`,
)
export class BoardLine {
  @ForeignKey(() => Board, { name: 'board_row_board_fkey' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'board_row_pkey' })
  competitionId!: string;

  @ForeignKey(() => Submission, { name: 'board_row_submission_fkey' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'board_row_pkey' })
  submissionId!: string;

  @Column('text')
  state!: EvaluationState;

  @Column('integer')
  gamesDone!: number;

  @Column('integer')
  gamesTotal!: number;

  @Column('integer')
  ascensions!: number;

  @Column({ type: 'double precision', nullable: true })
  median!: number | null;

  @Column({ type: 'double precision', nullable: true })
  quartile1!: number | null;

  @Column({ type: 'double precision', nullable: true })
  quartile3!: number | null;

  @Column({ type: 'double precision', nullable: true })
  mean!: number | null;

  @Column({ type: 'integer', nullable: true })
  bestDepth!: number | null;

  /** Games that ended by the agent's own fault. */
  @Column('integer')
  faults!: number;

  /** The engines its games were played with; more than one means that the figures mix versions. */
  @Column({ type: 'text', array: true })
  engineIds!: string[];

  @Column('text')
  ruleName!: string;

  @Column('integer')
  ruleVersion!: number;

  @Column('integer')
  protocolVersion!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
