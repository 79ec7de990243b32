import {
  AGENT_KINDS,
  END_REASONS,
  GAME_STATES,
  VERDICTS,
  type AgentKind,
  type EndReason,
  type GamePage,
  type GameRow,
  type GameState,
  type GameView,
  type Verdict,
} from '@arena/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { LimitsDto } from '../competitions/competition.dto.ts';

export class GameRowDto implements GameRow {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer', description: 'From 0.' })
  index!: number;

  @ApiProperty({ enum: GAME_STATES })
  state!: GameState;

  @ApiProperty({ enum: VERDICTS, nullable: true })
  verdict!: Verdict | null;

  @ApiProperty({ type: String, nullable: true, description: 'A sentence for the participant.' })
  verdictReason!: string | null;

  @ApiProperty({ enum: END_REASONS, nullable: true })
  endReason!: EndReason | null;

  @ApiProperty({ type: Number, nullable: true, description: "The sum of the environment's rewards." })
  score!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  turns!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  steps!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  deepestLevel!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  experienceLevel!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'Val-Hum-Fem-Law' })
  character!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'killed by a newt' })
  death!: string | null;

  @ApiProperty({ type: Boolean })
  ascended!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;
}

export class GamePageDto implements GamePage {
  @ApiProperty({ type: 'integer' })
  total!: number;

  @ApiProperty({ type: 'integer' })
  offset!: number;

  @ApiProperty({ type: [GameRowDto] })
  games!: GameRowDto[];
}

export class GameDto extends GameRowDto implements GameView {
  @ApiProperty({ type: String, format: 'uuid' })
  submissionId!: string;

  @ApiProperty({ type: String })
  agentName!: string;

  @ApiProperty({ type: String })
  agentVersion!: string;

  @ApiProperty({ enum: AGENT_KINDS })
  kind!: AgentKind;

  @ApiProperty({ type: String })
  competition!: string;

  @ApiProperty({ type: 'integer', description: 'How often the game was begun, with the same seeds.' })
  attempts!: number;

  @ApiProperty({
    type: Boolean,
    description:
      'Whether it plays as NLE does where `screen_descriptions` is observed, which touches the game; from the competition.',
  })
  screenDescriptions!: boolean;

  @ApiProperty({ type: Number, nullable: true })
  agentTimeMs!: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      "Milliseconds of processor time of the agent's processes while it was in play, shared by the games beside it.",
  })
  cpuTimeMs!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  gameTimeMs!: number | null;

  @ApiProperty({ type: String, nullable: true, description: "sha256 of the engine's .wasm." })
  engineId!: string | null;

  @ApiProperty({ type: LimitsDto, nullable: true, description: 'As they were in force.' })
  limits!: LimitsDto | null;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  xlogfile!: Record<string, string> | null;

  @ApiProperty({ type: String, nullable: true, description: 'The last lines of standard error.' })
  log!: string | null;
}
