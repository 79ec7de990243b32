/**
 * The wire's messages in JSON: one schema each gives the type, the validator and the JSON schema. What is binary is in
 * wire.ts beside it.
 */
import { z } from 'zod';

/** How an agent wishes to be shown its games; its ready frame says so. */
export const OBSERVATION_FORMS = ['whole', 'changes'] as const;
export type ObservationForm = (typeof OBSERVATION_FORMS)[number];

/** Games one agent may play at once; slots run from 0 to one less. */
export const MAX_GAMES_AT_ONCE = 64;

const UINT32 = 0xffff_ffff;
const count = z.int().min(0);

const fieldSchema = z.strictObject({
  name: z.string().min(1),
  dtype: z.enum(['int8', 'uint8', 'int16', 'int32']),
  shape: z.array(z.int().min(1)).min(1).readonly(),
  bytes: z.int().min(1),
  offset: z.int().min(0).multipleOf(8).describe("From the record's first byte."),
});

const actionSchema = z.strictObject({
  index: z.int().min(0).max(120),
  set: z.string().min(1),
  name: z.string().min(1),
  key: z.int().min(1).max(255).describe('The byte to answer.'),
});

/** The first frame. */
export const helloSchema = z.object({
  protocol: z.int().min(1),
  platform: z.string().describe('e.g. nethack-arena.'),
  versions: z
    .object({
      platform: z.string(),
      nethack: z.string(),
      engine: z.string().describe('The SHA-256 that names it; games are the same on the same engine.'),
    })
    .readonly(),
  limits: z.record(z.string(), z.number()).readonly().describe('Their units are in the names.'),
  gamesAtOnce: z.int().min(1).max(MAX_GAMES_AT_ONCE),
  recordBytes: z.int().min(1),
  strideBytes: z
    .int()
    .multipleOf(64)
    .describe("From one slot's record to the next in the image that changes frames change."),
  fields: z.array(fieldSchema).readonly(),
  actions: z.array(actionSchema).readonly(),
  seed: z.int().min(0).max(UINT32).describe('For this process.'),
});

const word = z
  .string()
  .max(64)
  .regex(/^[\w.@/+-]*$/);

/** The agent's first frame. */
export const readySchema = z.strictObject({
  protocol: z.number(),
  sdk: z.strictObject({ name: word, version: word }),
  observations: z.enum(OBSERVATION_FORMS).optional().describe('Absent: whole.'),
  lastObservation: z
    .boolean()
    .optional()
    .describe('Whether the game is shown once more after the key that ended it. Absent: false.'),
});

/** What is told of a game that is over; never its seeds. */
export const gameOverSchema = z.object({
  reason: z.string().min(1).describe('game_over, step_limit, no_progress, or a verdict.'),
  score: z.int(),
  turns: count,
  steps: count,
  ascended: z.boolean(),
});

/** One field within a record. */
export type FieldLayout = z.infer<typeof fieldSchema>;
export type Dtype = FieldLayout['dtype'];
export type Hello = z.infer<typeof helloSchema>;
export type Ready = z.infer<typeof readySchema>;
export type GameOverNotice = z.infer<typeof gameOverSchema>;
