import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Something of the platform's that somebody should look at. */
export interface StoredFault {
  /** ISO 8601, by the worker's clock. */
  at: string;
  kind: string;
  message: string;
}

/** One life of a worker process: which engine it plays, in which sandbox, when it was last heard of. */
@Entity('worker')
@Index('worker_alive_idx', ['lastSeen'], { where: `"stopped_at" IS NULL` })
@Check('worker_shards_check', `"shards" > 0`)
export class Worker {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'worker_pkey' })
  id!: string;

  /** `host:pid`. */
  @Column('text')
  name!: string;

  @Column('text')
  version!: string;

  @Column('text')
  engineId!: string;

  /** What holds agents in on this machine, in words. */
  @Column('text')
  sandbox!: string;

  @Column('integer')
  protocolVersion!: number;

  /** Shards it plays at once. */
  @Column('integer')
  shards!: number;

  /** Names of the runtimes it offers: it takes shards of these alone. */
  @Column({ type: 'text', array: true, default: () => `'{}'` })
  runtimes!: string[];

  /** Why it does not offer others, by name. */
  @Column({ type: 'jsonb', default: () => `'{}'` })
  missingRuntimes!: Record<string, string>;

  /** What went wrong with its sandboxes: the last twenty. */
  @Column({ type: 'jsonb', default: () => `'[]'` })
  faults!: StoredFault[];

  @Column({ type: 'timestamptz', default: () => 'clock_timestamp()' })
  startedAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'clock_timestamp()' })
  lastSeen!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  stoppedAt!: Date | null;
}
