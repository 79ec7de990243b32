import type { Limits } from '@arena/contracts';
import { Check, Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { SAFE_NUMBER } from './columns.ts';

/** What all submissions of one contest have in common. Once one was submitted, nothing that shapes a game changes. */
@Entity('competition')
@Unique('competition_slug_key', ['slug'])
@Check('competition_slug_check', `"slug" ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$'`)
@Check('competition_games_check', `"games_per_evaluation" BETWEEN 1 AND 100000`)
@Check('competition_seed_check', `octet_length("master_seed") = 32`)
export class Competition {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'competition_pkey' })
  id!: string;

  @Column('text')
  slug!: string;

  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  /** The task's name, e.g. `NetHackChallenge-v0`. */
  @Column('text')
  task!: string;

  @Column('integer')
  gamesPerEvaluation!: number;

  @Column('jsonb')
  limits!: Limits;

  /** `@` is a random role, race, gender and alignment each game. */
  @Column('text')
  character!: string;

  @Column('text')
  options!: string;

  @Column({ type: 'bigint', transformer: SAFE_NUMBER })
  clock!: number;

  /** Whether games play as NLE does where `screen_descriptions` is observed, which touches the game. */
  @Column({ type: 'boolean', default: false })
  screenDescriptions!: boolean;

  /** 32 secret bytes from which all seeds come. */
  @Column({ type: 'bytea', select: false })
  masterSeed!: Buffer;

  /** Counts evaluations for their seed roots; rises under this row's lock. */
  @Column({ type: 'integer', default: 0 })
  evaluationsMade!: number;

  @Column('text')
  ruleName!: string;

  @Column('integer')
  ruleVersion!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
