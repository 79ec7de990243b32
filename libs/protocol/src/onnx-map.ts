/**
 * The map between a game and a model in ONNX, arena.json's `onnx`: what each of the model's inputs is fed with, and which of its
 * outputs is the answer. A model has no code of the participant's, so this is all that says what it means.
 */
import { z } from 'zod';
import { FIELD_NAMES, type FieldName } from './fields.ts';

/** Actions of the challenge, and so the numbers a model may answer. */
const ACTION_COUNT = 121;
const MAP_FIELDS = ['glyphs', 'chars', 'colors', 'specials'] as const;
/** A crop as large as this has the whole map of 21×79, wherever the hero is. */
const MOST_ROWS = 41;
const MOST_COLUMNS = 157;
/** More than glyphs there are (5,991); one-hot maps of more would be gigabytes. */
const MAX_CLASSES = 8192;

type NumericField = Exclude<FieldName, `text_${string}`>;
/** Models read numbers, not texts. */
const NUMERIC = FIELD_NAMES.filter((name): name is NumericField => !name.startsWith('text_'));
const isField = (from: string): boolean => (NUMERIC as readonly string[]).includes(from);

/** Beside the observation's fields: the model's own last output, its last action, whether the game is new. */
export const ONNX_SOURCES = [...NUMERIC, 'state', 'previous_action', 'new_game'] as const;

const name = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9_.:/-]+$/, 'allowed: letters, digits and _.:/-');

const finite = z.number().min(-1e9).max(1e9);
const factors = z.union([finite, z.array(finite).min(1).max(4400)], {
  error: 'allowed: a number, or a list with one for each element of the field',
});

const input = z
  .strictObject({
    name: name.describe("The model's input."),
    from: z
      .enum(ONNX_SOURCES)
      .describe('What it is fed with: a field, or state, previous_action or new_game.'),
    crop: z
      .tuple([z.int().min(1).max(MOST_ROWS), z.int().min(1).max(MOST_COLUMNS)], {
        error: `allowed: [rows, columns], at most [${MOST_ROWS}, ${MOST_COLUMNS}]`,
      })
      .optional()
      .describe('Rows and columns round the hero, who is in the middle; for fields of the map.'),
    fill: z
      .int()
      .min(-32768)
      .max(32767)
      .optional()
      .describe("What a crop has beyond the map's edge; default 0."),
    oneHot: z
      .int()
      .min(2)
      .max(MAX_CLASSES)
      .optional()
      .describe('Number of classes, which become a last dimension; a value that is no class has zeros.'),
    subtract: factors.optional().describe('Scaled: (value - subtract) × multiply.'),
    multiply: factors.optional().describe('Scaled: (value - subtract) × multiply.'),
    output: name
      .optional()
      .describe("For state: the output that is this input at the game's next step; zeros at first."),
    batchAxis: z.int().min(0).max(3).optional().describe('For state: the dimension of the games; default 0.'),
  })
  .superRefine((value, context) => {
    const refuse = (key: keyof typeof value, message: string): void => {
      context.addIssue({ code: 'custom', path: [key], message: `allowed: ${message}` });
    };
    const isState = value.from === 'state';
    if (isState && value.output === undefined)
      refuse('output', 'the name of an output, since it is from state');
    if (!isState && value.output !== undefined) refuse('output', 'only with "from": "state"');
    if (!isState && value.batchAxis !== undefined) refuse('batchAxis', 'only with "from": "state"');
    if (value.crop !== undefined && !(MAP_FIELDS as readonly string[]).includes(value.from))
      refuse('crop', `only for ${MAP_FIELDS.join(', ')}`);
    if (value.fill !== undefined && value.crop === undefined) refuse('fill', 'only with crop');
    if (value.oneHot !== undefined && (isState || value.from === 'new_game'))
      refuse('oneHot', 'only for a field or previous_action');
    for (const key of ['subtract', 'multiply'] as const) {
      if (value[key] === undefined) continue;
      if (!isField(value.from)) refuse(key, 'only for a field');
      else if (value.oneHot !== undefined) refuse(key, 'not with oneHot');
    }
  });

const answer = z
  .strictObject({
    name: name.describe("The model's output."),
    is: z
      .enum(['logits', 'action'])
      .describe('logits: one for each of actions; action: the position in actions itself.'),
    choose: z
      .enum(['sample', 'argmax'])
      .optional()
      .describe("For logits; default argmax. Samples are drawn from the game's seed and its step."),
    temperature: z
      .number()
      .min(0.01)
      .max(100)
      .optional()
      .describe('For sample: logits are divided by it; default 1.'),
    actions: z
      .array(
        z
          .int()
          .min(0)
          .max(ACTION_COUNT - 1),
      )
      .min(1)
      .max(ACTION_COUNT)
      .refine((indices) => new Set(indices).size === indices.length, 'allowed: each action once')
      .optional()
      .describe('Indices of the actions that the model knows, in its order; default: all 121 in order.'),
  })
  .superRefine((value, context) => {
    if (value.choose !== undefined && value.is !== 'logits')
      context.addIssue({ code: 'custom', path: ['choose'], message: 'allowed: only with "is": "logits"' });
    if (value.temperature !== undefined && value.choose !== 'sample')
      context.addIssue({
        code: 'custom',
        path: ['temperature'],
        message: 'allowed: only with "choose": "sample"',
      });
  });

/** One schema gives the type, the validator and the JSON schema. */
export const onnxMapSchema = z.strictObject({
  inputs: z
    .array(input)
    .min(1)
    .max(64)
    .refine(
      (inputs) => new Set(inputs.map((one) => one.name)).size === inputs.length,
      "allowed: each of the model's inputs once",
    ),
  output: answer,
});

export type OnnxMap = z.infer<typeof onnxMapSchema>;
export type OnnxInput = OnnxMap['inputs'][number];

/** Problems of a map that only the rest of the manifest shows: paths and what is allowed. */
export function problemsWithFields(
  map: OnnxMap,
  fields: readonly string[],
): { field: string; message: string }[] {
  return map.inputs.flatMap(({ from, crop }, i) => {
    const missing = [
      ...(isField(from) && !fields.includes(from)
        ? [{ key: 'from', what: `found ${JSON.stringify(from)}, which is not among fields: add it there` }]
        : []),
      ...(crop !== undefined && !fields.includes('blstats')
        ? [
            {
              key: 'crop',
              what: `found ${JSON.stringify(crop)}; the hero's place is in blstats: add it to fields`,
            },
          ]
        : []),
    ];
    return missing.map(({ key, what }) => ({ field: `onnx.inputs[${i}].${key}`, message: what }));
  });
}
