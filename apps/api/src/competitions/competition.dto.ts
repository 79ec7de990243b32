import { CHALLENGE_LIMITS, isPlain, type CompetitionView, type Limits } from '@arena/contracts';
import { CHALLENGE_SCREEN_DESCRIPTIONS, DEFAULT_CLOCK, EngineError, checkSettings } from '@arena/engine';
import { LEAST_OUTPUT_BYTES } from '@arena/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { z } from 'zod';

/** The task whose rules the platform plays; its name is kept so that others can follow. */
const TASK = 'NetHackChallenge-v0';
/** The engine's clock is a 32-bit time_t. */
const LAST_CLOCK = 2 ** 31 - 1;
/** An agent that only answers has 13 MiB of its own in JavaScript and 26 in TypeScript. */
const LEAST_MEMORY_MIB = 64;
/** Node does not start with fewer than 6 threads, and makes 4 more when it reads files beside its work. */
const LEAST_PROCESSES = 16;
/** Node opens 20 before it reads an agent's files. */
const LEAST_OPEN_FILES = 64;
/** An agent must be able to start in its time: a tenth of a processor makes of 0.2 s two. */
const LEAST_CPU_PERCENT = 10;
/** A Node is ready after 0.2 s on an idle machine. */
const LEAST_START_MS = 1_000;

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

  @ApiProperty({
    type: 'integer',
    minimum: LEAST_START_MS,
    description: 'Milliseconds from process start to ready.',
  })
  startTimeoutMs!: number;

  @ApiProperty({
    type: 'integer',
    minimum: LEAST_MEMORY_MIB,
    description: 'MiB of resident memory of all its processes.',
  })
  memoryMiB!: number;

  @ApiProperty({
    type: 'integer',
    minimum: LEAST_PROCESSES,
    description: 'Processes and threads; Node alone has 6 to 10.',
  })
  processes!: number;

  @ApiProperty({
    type: 'integer',
    minimum: LEAST_OUTPUT_BYTES,
    description:
      'Bytes of standard output for one frame. The least lets an agent answer that plays as many games at once as it may.',
  })
  outputBytesPerFrame!: number;

  @ApiProperty({ type: 'integer', description: "MiB of the sandbox's /tmp." })
  tmpMiB!: number;

  @ApiPropertyOptional({
    type: 'integer',
    default: CHALLENGE_LIMITS.wallMs,
    description: 'Milliseconds that a game may last in all, whoever is at work.',
  })
  wallMs?: number;

  @ApiPropertyOptional({
    type: 'integer',
    default: CHALLENGE_LIMITS.evaluationTimeMs,
    description: "Milliseconds of the agent's own time for all games of an evaluation.",
  })
  evaluationTimeMs?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: LEAST_OUTPUT_BYTES,
    default: CHALLENGE_LIMITS.outputBytesPerGame,
    description: 'Bytes of standard output for one game.',
  })
  outputBytesPerGame?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: LEAST_OPEN_FILES,
    default: CHALLENGE_LIMITS.openFiles,
    description: 'Open files of each process.',
  })
  openFiles?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: LEAST_CPU_PERCENT,
    default: CHALLENGE_LIMITS.cpuPercent,
    description:
      'Processor time for each time that passes, in percent of one processor; held where workers have control groups.',
  })
  cpuPercent?: number;
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

  @ApiProperty({
    type: Boolean,
    description:
      'Whether its games play as NLE does where `screen_descriptions` is observed, which touches the game.',
  })
  screenDescriptions!: boolean;
}

const whole = (least: number, most: number) => z.int().min(least).max(most);

/** The engine's own check, which runs no game. */
function takenByEngine(character: string, context: z.RefinementCtx): void {
  try {
    checkSettings({ seeds: { core: 0n, disp: 0n }, character });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
}

/** Without controls, direction marks and halves of characters: PostgreSQL cannot store some, no page shows the others. */
const text = (lines: boolean) =>
  z
    .string()
    .refine(
      (value) => isPlain(lines ? value.replace(/\r?\n|\t/g, ' ') : value),
      `allowed: text without control characters and invisible characters${lines ? ', but line ends and tabs' : ''}`,
    );

export const competitionSchema = z.strictObject({
  name: text(false).trim().min(1).max(100),
  description: text(true).max(10_000),
  task: z.literal(TASK).default(TASK),
  gamesPerEvaluation: whole(1, 100_000),
  limits: z.strictObject({
    maxSteps: whole(1, 1_000_000_000),
    noProgressSteps: whole(1, 1_000_000_000),
    stepTimeoutMs: whole(1, 3_600_000),
    timeBankMs: whole(1, 86_400_000),
    startTimeoutMs: whole(LEAST_START_MS, 3_600_000),
    memoryMiB: whole(LEAST_MEMORY_MIB, 1_048_576),
    processes: whole(LEAST_PROCESSES, 100_000),
    outputBytesPerFrame: whole(LEAST_OUTPUT_BYTES, 2 ** 30),
    tmpMiB: whole(1, 1_048_576),
    wallMs: whole(1000, 604_800_000).default(CHALLENGE_LIMITS.wallMs),
    evaluationTimeMs: whole(1000, 31_536_000_000).default(CHALLENGE_LIMITS.evaluationTimeMs),
    outputBytesPerGame: whole(LEAST_OUTPUT_BYTES, 2 ** 40).default(CHALLENGE_LIMITS.outputBytesPerGame),
    openFiles: whole(LEAST_OPEN_FILES, 65_536).default(CHALLENGE_LIMITS.openFiles),
    cpuPercent: whole(LEAST_CPU_PERCENT, 102_400).default(CHALLENGE_LIMITS.cpuPercent),
  }),
  character: z.string().superRefine(takenByEngine).default('@'),
  // Only NetHack itself can judge an options text, and it does so when a game starts, too late for a competition.
  options: z
    .literal('', "allowed: only the challenge's own options, which is what an empty text stands for")
    .default(''),
  clock: whole(0, LAST_CLOCK).default(DEFAULT_CLOCK),
  screenDescriptions: z.boolean().default(CHALLENGE_SCREEN_DESCRIPTIONS),
  masterSeed: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'allowed: 64 hexadecimal digits')
    .optional(),
});

export type CompetitionSettingsInput = z.infer<typeof competitionSchema>;

export class CompetitionSettingsDto {
  @ApiProperty({ type: String, maxLength: 100 })
  name!: string;

  @ApiProperty({ type: String, maxLength: 10_000 })
  description!: string;

  @ApiPropertyOptional({ type: String, enum: [TASK], default: TASK })
  task!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100_000 })
  gamesPerEvaluation!: number;

  @ApiProperty({ type: LimitsDto })
  limits!: LimitsDto;

  @ApiPropertyOptional({
    type: String,
    default: '@',
    example: 'mon-hum-neu-mal',
    description:
      'Role, race, alignment and gender or some of them, as in val-hum-law-fem or val; NetHack picks the rest. @ is a random character each game.',
  })
  character!: string;

  @ApiPropertyOptional({
    type: String,
    enum: [''],
    default: '',
    description:
      "NETHACKOPTIONS. Only the challenge's own are offered so far, which is what the empty text stands for.",
  })
  options!: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: LAST_CLOCK,
    default: DEFAULT_CLOCK,
    description: 'Seconds since 1970 that every game believes in.',
  })
  clock!: number;

  @ApiPropertyOptional({
    type: Boolean,
    default: CHALLENGE_SCREEN_DESCRIPTIONS,
    description:
      'Whether games play as NLE does where `screen_descriptions` is observed, which touches the game. The challenge plays without; agents get the field either way.',
  })
  screenDescriptions!: boolean;

  @ApiPropertyOptional({
    type: String,
    description:
      '64 hexadecimal digits from which all seeds come. Leave it out, and it is random and secret.',
  })
  masterSeed?: string;
}
