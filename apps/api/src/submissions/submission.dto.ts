import {
  AGENT_KINDS,
  EVALUATION_STATES,
  type AgentKind,
  type EvaluationState,
  type EvaluationView,
  type SubmissionView,
} from '@arena/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { BoardRowDto } from '../competitions/board.dto.ts';
import { LimitsDto } from '../competitions/competition.dto.ts';

export class EvaluationDto implements EvaluationView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({
    enum: EVALUATION_STATES,
    description: 'failed carries a reason: the platform could not play it, or the agent could not start.',
  })
  state!: EvaluationState;

  @ApiProperty({ type: 'integer' })
  gamesDone!: number;

  @ApiProperty({ type: 'integer' })
  gamesTotal!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Games of others that come first; null once it runs.',
  })
  gamesAhead!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What keeps it from going on at present, such as a runtime that no worker offers.',
  })
  obstacle!: string | null;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The last lines of standard error of an agent that could not start.',
  })
  log!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;

  @ApiProperty({ type: BoardRowDto, nullable: true })
  board!: BoardRowDto | null;
}

export class SubmissionDto implements SubmissionView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  competition!: string;

  @ApiProperty({ type: String })
  agentName!: string;

  @ApiProperty({ type: String })
  agentVersion!: string;

  @ApiProperty({ enum: AGENT_KINDS })
  kind!: AgentKind;

  @ApiProperty({ type: String })
  description!: string;

  @ApiProperty({ type: [String] })
  authors!: string[];

  @ApiProperty({ type: String, format: 'date-time' })
  submittedAt!: string;

  @ApiProperty({ type: String, description: 'Of the uploaded archive.' })
  sha256!: string;

  @ApiProperty({ type: LimitsDto, description: 'Under which its games are played.' })
  limits!: LimitsDto;

  @ApiProperty({ type: EvaluationDto })
  evaluation!: EvaluationDto;
}
