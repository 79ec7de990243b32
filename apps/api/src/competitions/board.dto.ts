import {
  AGENT_KINDS,
  EVALUATION_STATES,
  type AgentKind,
  type BoardRow,
  type BoardView,
  type EvaluationState,
} from '@arena/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { CompetitionDto } from './competition.dto.ts';

export class BoardRowDto implements BoardRow {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Null without a finished game or with a failed evaluation.',
  })
  rank!: number | null;

  @ApiProperty({ type: String, format: 'uuid' })
  submissionId!: string;

  @ApiProperty({ type: String })
  agentName!: string;

  @ApiProperty({ type: String })
  agentVersion!: string;

  @ApiProperty({ enum: AGENT_KINDS })
  kind!: AgentKind;

  @ApiProperty({ type: [String] })
  authors!: string[];

  @ApiProperty({ type: String, format: 'date-time' })
  submittedAt!: string;

  @ApiProperty({ enum: EVALUATION_STATES })
  state!: EvaluationState;

  @ApiProperty({ type: 'integer' })
  gamesDone!: number;

  @ApiProperty({ type: 'integer' })
  gamesTotal!: number;

  @ApiProperty({ type: 'integer' })
  ascensions!: number;

  @ApiProperty({ type: Number, nullable: true })
  median!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  quartile1!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  quartile3!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  mean!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  bestDepth!: number | null;

  @ApiProperty({ type: 'integer', description: "Games that ended by the agent's own fault." })
  faults!: number;
}

export class BoardDto implements BoardView {
  @ApiProperty({ type: CompetitionDto })
  competition!: CompetitionDto;

  @ApiProperty({ type: [BoardRowDto] })
  rows!: BoardRowDto[];

  @ApiProperty({ type: 'integer', description: 'Rises with every change of the board.' })
  version!: number;
}
