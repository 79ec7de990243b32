import { FIELD_NAMES } from '@arena/protocol';
import { z } from 'zod';

const MAX_SEED = (1n << 64n) - 1n;

/** As text, since JSON's numbers end at 2^53. */
const seed = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt)
  .refine((value) => value <= MAX_SEED, 'a seed is at most 2^64-1');

const seeds = z.strictObject({
  core: seed,
  disp: seed,
  lgen: seed.optional(),
  reseed: z.boolean().default(false),
});

const fields = z.array(z.enum(FIELD_NAMES)).min(1);
const games = z.int().min(1).max(1024);
const byte = z.int().min(0).max(255);
const place = { group: z.int().min(0), slot: z.int().min(0) };

/** The options of tasks that JSON can carry; what they mean and may be is the engine's to say. */
const taskOptions = z.strictObject({
  character: z.string().optional(),
  maxEpisodeSteps: z.number().optional(),
  noProgressSteps: z.number().optional(),
  actions: z.array(z.number()).optional(),
  fields,
  options: z.string().optional(),
  debug: z.boolean().optional(),
  spawnMonsters: z.boolean().optional(),
  /** Default: whether `fields` has screen_descriptions. */
  screenDescriptions: z.boolean().optional(),
  clock: z.number().optional(),
  allowAllYnQuestions: z.boolean().optional(),
  allowAllModes: z.boolean().optional(),
  penaltyMode: z.enum(['constant', 'exp', 'square', 'linear', 'always']).optional(),
  penaltyStep: z.number().optional(),
  penaltyTime: z.number().optional(),
});

const calls = [
  /** A group of games of one task. */
  z.strictObject({
    call: z.literal('make'),
    task: z.string(),
    games: games.default(1),
    options: taskOptions,
  }),
  /** One bare game, whose actions are key bytes and which nobody rewards. */
  z.strictObject({
    call: z.literal('game'),
    options: z.string(),
    spawnMonsters: z.boolean().default(true),
    screenDescriptions: z.boolean().optional(),
    clock: z.number().optional(),
    fields,
  }),
  /** Begins episodes, in all slots or one; answered by what is seen then. */
  z.strictObject({
    call: z.literal('reset'),
    group: place.group,
    slot: place.slot.optional(),
    seeds: seeds.optional(),
  }),
  /** New seeds for the game that runs; one that is left out is seeded from its value again. Answered by nothing. */
  z.strictObject({
    call: z.literal('reseed'),
    ...place,
    core: seed.optional(),
    disp: seed.optional(),
    reseed: z.boolean().optional(),
  }),
  /** A key past the task's rules: nothing is rewarded or counted; answered by what is seen then. */
  z.strictObject({ call: z.literal('press'), ...place, key: byte }),
  /** What is known of a slot's episode beside what is seen. */
  z.strictObject({ call: z.literal('result'), ...place }),
  z.strictObject({ call: z.literal('close'), group: place.group }),
] as const;

export const callSchema = z.discriminatedUnion('call', calls);

/** The schema of what was asked for, by its name: for words about what is wrong with it. */
export function optionOf(asked: unknown): z.ZodType {
  const name = (asked as { call?: unknown } | null)?.call;
  return calls.find(({ shape }) => shape.call.value === name) ?? callSchema;
}

export type Call = z.infer<typeof callSchema>;
export type TaskCallOptions = z.infer<typeof taskOptions>;
