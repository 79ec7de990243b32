import type { EndReason, GameState, Limits, Verdict } from '@arena/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { SAFE_NUMBER, SEED } from './columns.ts';
import { Evaluation } from './evaluation.entity.ts';
import { Worker } from './worker.entity.ts';

/** One game: all that entered it, and once it is finished all that came of it. Its keys lie in the tape. */
@Entity('game')
@Unique('game_index_key', ['evaluationId', 'index'])
@Index('game_running_idx', ['evaluationId', 'workerId'], { where: `"state" = 'running'` })
@Check('game_state_check', `"state" IN ('pending', 'running', 'finished')`)
@Check('game_running_check', `"state" <> 'running' OR ("worker_id" IS NOT NULL AND "started_at" IS NOT NULL)`)
@Check(
  'game_finished_check',
  `"state" <> 'finished' OR num_nulls("verdict", "end_reason", "score", "turns", "steps", "deepest_level", "experience_level", "engine_id", "sandbox", "limits", "agent_time_us", "game_time_us", "worker_id", "finished_at") = 0`,
)
@Check(
  'game_unfinished_check',
  `"state" = 'finished' OR num_nonnulls("verdict", "end_reason", "score", "finished_at") = 0`,
)
@Check(
  'game_verdict_check',
  `"verdict" IN ('ok', 'crashed', 'killed', 'step_timeout', 'time_bank', 'out_of_memory', 'output_limit', 'protocol_error', 'invalid_action', 'forbidden_call', 'engine_error')`,
)
@Check(
  'game_end_check',
  `"end_reason" IN ('game_over', 'step_limit', 'no_progress', 'agent') AND ("verdict" = 'ok') = ("end_reason" <> 'agent')`,
)
@Check(
  'game_seeds_check',
  `"core_seed" BETWEEN 0 AND 18446744073709551615 AND "disp_seed" BETWEEN 0 AND 18446744073709551615`,
)
export class Game {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'game_pkey' })
  id!: string;

  @ForeignKey(() => Evaluation, { name: 'game_evaluation_fkey' })
  @Column('uuid')
  evaluationId!: string;

  @Column({ type: 'integer', name: 'game_index' })
  index!: number;

  @Column({ type: 'text', default: 'pending' })
  state!: GameState;

  @Column({ type: 'numeric', precision: 20, scale: 0, transformer: SEED })
  coreSeed!: bigint;

  @Column({ type: 'numeric', precision: 20, scale: 0, transformer: SEED })
  dispSeed!: bigint;

  @Column({ type: 'boolean', default: false })
  reseed!: boolean;

  @Column('text')
  startCharacter!: string;

  @Column('text')
  options!: string;

  @Column({ type: 'bigint', transformer: SAFE_NUMBER })
  clock!: number;

  /** As the competition said; the tape holds it, too. */
  @Column({ type: 'boolean', default: false })
  screenDescriptions!: boolean;

  @Column('integer')
  protocolVersion!: number;

  @ForeignKey(() => Worker, { name: 'game_worker_fkey' })
  @Column({ type: 'uuid', nullable: true })
  workerId!: string | null;

  /** How often it was begun. */
  @Column({ type: 'integer', default: 0 })
  attempt!: number;

  @Column({ type: 'timestamptz', nullable: true })
  startedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;

  /** sha256 of the engine's .wasm. */
  @Column({ type: 'text', nullable: true })
  engineId!: string | null;

  @Column({ type: 'text', nullable: true })
  sandbox!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  limits!: Limits | null;

  @Column({ type: 'text', nullable: true })
  verdict!: Exclude<Verdict, 'sandbox_error'> | null;

  @Column({ type: 'text', nullable: true })
  verdictReason!: string | null;

  @Column({ type: 'text', nullable: true })
  endReason!: EndReason | null;

  /** How NetHack ended it, e.g. `DIED`; null if it was cut off. */
  @Column({ type: 'text', nullable: true })
  how!: string | null;

  /** The sum of the environment's rewards. */
  @Column({ type: 'bigint', nullable: true, transformer: SAFE_NUMBER })
  score!: number | null;

  @Column({ type: 'integer', nullable: true })
  turns!: number | null;

  @Column({ type: 'integer', nullable: true })
  steps!: number | null;

  @Column({ type: 'integer', nullable: true })
  deepestLevel!: number | null;

  @Column({ type: 'integer', nullable: true })
  experienceLevel!: number | null;

  /** e.g. `Val-Hum-Fem-Law`. */
  @Column({ type: 'text', nullable: true })
  character!: string | null;

  @Column({ type: 'text', nullable: true })
  death!: string | null;

  @Column({ type: 'boolean', default: false })
  ascended!: boolean;

  /** NetHack's own points from its xlogfile, which follow other rules than the score. */
  @Column({ type: 'bigint', nullable: true, transformer: SAFE_NUMBER })
  points!: number | null;

  @Column({ type: 'jsonb', nullable: true })
  xlogfile!: Record<string, string> | null;

  @Column({ type: 'bigint', nullable: true, transformer: SAFE_NUMBER })
  agentTimeUs!: number | null;

  /** Processor time of the agent's processes while it was in play; null where it is not known. */
  @Column({ type: 'bigint', nullable: true, transformer: SAFE_NUMBER })
  cpuTimeUs!: number | null;

  @Column({ type: 'bigint', nullable: true, transformer: SAFE_NUMBER })
  gameTimeUs!: number | null;

  /** The last lines the agent printed on standard error. */
  @Column({ type: 'text', nullable: true })
  log!: string | null;
}
