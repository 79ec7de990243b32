import type { CompetitionView, Limits } from '@arena/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { z } from 'zod';

export class LimitsDto implements Limits {
  @ApiProperty({ type: 'integer', description: 'Actions a game; then it ends as `step_limit`.' })
  maxSteps!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Steps in a row without game time; then it ends as `no_progress`.',
  })
  noProgressSteps!: number;

  @ApiProperty({ type: 'integer', description: 'Milliseconds for one answer.' })
  stepTimeoutMs!: number;

  @ApiProperty({ type: 'integer', description: "Milliseconds of the agent's own time a game." })
  timeBankMs!: number;

  @ApiProperty({ type: 'integer', description: 'Milliseconds from process start to ready.' })
  startTimeoutMs!: number;

  @ApiProperty({ type: 'integer', description: 'MiB of resident memory of all its processes.' })
  memoryMiB!: number;

  @ApiProperty({ type: 'integer', description: 'Processes and threads.' })
  processes!: number;

  @ApiProperty({ type: 'integer', description: 'Bytes of standard output for one frame.' })
  outputBytesPerFrame!: number;

  @ApiProperty({ type: 'integer', description: "MiB of the sandbox's /tmp." })
  tmpMiB!: number;
}

export class CompetitionDto implements CompetitionView {
  @ApiProperty({ type: String, example: 'demo' })
  slug!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String })
  description!: string;

  @ApiProperty({ type: 'integer' })
  gamesPerEvaluation!: number;

  @ApiProperty({ type: LimitsDto })
  limits!: LimitsDto;
}

const whole = (least: number, most: number) => z.int().min(least).max(most);

export const competitionSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  description: z.string().max(10_000),
  task: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .default('NetHackChallenge-v0'),
  gamesPerEvaluation: whole(1, 100_000),
  limits: z.strictObject({
    maxSteps: whole(1, 1_000_000_000),
    noProgressSteps: whole(1, 1_000_000_000),
    stepTimeoutMs: whole(1, 3_600_000),
    timeBankMs: whole(1, 86_400_000),
    startTimeoutMs: whole(1, 3_600_000),
    memoryMiB: whole(16, 1_048_576),
    processes: whole(1, 100_000),
    outputBytesPerFrame: whole(64, 2 ** 30),
    tmpMiB: whole(1, 1_048_576),
  }),
  character: z
    .string()
    .regex(/^(@|[a-z]{3}(-[a-z]{3}){0,3})$/i, 'a character is @ or like val-hum-law-fem')
    .default('@'),
  options: z
    .string()
    .max(4000)
    .regex(/^[\x20-\x7e]*$/, "NetHack's options are printable ASCII")
    .default(''),
  clock: whole(0, 4_294_967_295).default(1_623_758_400),
  masterSeed: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'a master seed is 64 hexadecimal digits')
    .optional(),
});

export type CompetitionSettingsInput = z.infer<typeof competitionSchema>;

export class CompetitionSettingsDto {
  @ApiProperty({ type: String, maxLength: 100 })
  name!: string;

  @ApiProperty({ type: String, maxLength: 10_000 })
  description!: string;

  @ApiPropertyOptional({ type: String, default: 'NetHackChallenge-v0' })
  task!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100_000 })
  gamesPerEvaluation!: number;

  @ApiProperty({ type: LimitsDto })
  limits!: LimitsDto;

  @ApiPropertyOptional({ type: String, default: '@', description: '@ is a random character each game.' })
  character!: string;

  @ApiPropertyOptional({
    type: String,
    default: '',
    description: "NETHACKOPTIONS; empty for the challenge's own.",
  })
  options!: string;

  @ApiPropertyOptional({
    type: 'integer',
    default: 1_623_758_400,
    description: 'Seconds since 1970 that every game believes in.',
  })
  clock!: number;

  @ApiPropertyOptional({
    type: String,
    description:
      '64 hexadecimal digits from which all seeds come. Leave it out, and it is random and secret.',
  })
  masterSeed?: string;
}
