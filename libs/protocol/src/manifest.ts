import { PLAIN_PATTERN, isPlain } from '@arena/contracts/text';
import { z } from 'zod';
import { FIELD_NAMES } from './fields.ts';
import { jsonFault } from './json-fault.ts';
import { unfit } from './json-value.ts';
import { onnxMapSchema, problemsWithFields } from './onnx-map.ts';
import { ENDINGS, ENTRY, RUNTIMES, RUNTIME_NAME, isBuiltIn, runtimeRules } from './runtimes.ts';
import { ManifestError, pathText, plain, problemsOf, shown } from './manifest-errors.ts';
import { MAX_GAMES_AT_ONCE } from './messages.ts';

/** arena.json is small; what is larger is refused before it is parsed. */
export const MAX_MANIFEST_BYTES = 64 * 1024;
/** The file's name in the root of an agent's folder. */
export const MANIFEST_FILE = 'arena.json';
/** Letters of any script and emoji, no controls, no direction marks, no line ends: it is printed in tables and terminals. */
const HIDDEN = 'allowed: text without control characters and invisible characters';
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(PLAIN_PATTERN, { error: HIDDEN, abort: true })
    .refine(isPlain, HIDDEN)
    .refine((value) => value.trim() === value, 'allowed: text without spaces at its ends');

const entry = z
  .string()
  .min(1)
  .max(200)
  .regex(
    ENTRY,
    "allowed: a path inside the archive such as src/agent.ts (letters, digits and ._@+-, no '..', no leading '/'), for a class in Python with its name, such as agent.py:MyAgent",
  );

/** One schema gives the type, the validator and the JSON schema. */
export const manifestSchema = z.strictObject({
  $schema: z
    .string()
    .max(200)
    .optional()
    .describe('Where the schema of this file is, for editors; not read by the platform.'),
  name: text(64).describe('What the board shows.'),
  version: z
    .string()
    .min(1)
    .max(32)
    .regex(/^[A-Za-z0-9.+-]*$/, 'allowed: letters, digits and .+-')
    .describe("The agent's own version, e.g. 1.2.0."),
  kind: z
    .enum(['neural', 'symbolic', 'hybrid'])
    .describe('neural: decides substantially by a neural network; symbolic: uses none; hybrid: both.'),
  runtime: z
    .string()
    .regex(
      RUNTIME_NAME,
      `allowed: ${RUNTIMES.join(', ')}, or the name of another runtime that an arena offers`,
    )
    .meta({ examples: [...RUNTIMES] })
    .describe(`What runs the entry: ${RUNTIMES.join(', ')}, or another runtime that the arena offers.`),
  entry: entry.describe(
    'The file to start, relative to arena.json; in Python also a class in it: agent.py:MyAgent.',
  ),
  fields: z
    .array(z.enum(FIELD_NAMES))
    .min(1)
    .max(FIELD_NAMES.length)
    .refine((fields) => new Set(fields).size === fields.length, 'allowed: each field once')
    .meta({ uniqueItems: true })
    .describe('The observation fields the agent is sent.'),
  gamesAtOnce: z
    .int()
    .min(1)
    .max(MAX_GAMES_AT_ONCE)
    .default(1)
    .describe('Games played at once by one process.'),
  nle: z
    .enum(['0.7', '0.9', '1.x'])
    .optional()
    .describe(
      'For the runtime python: which NLE its package nle answers as. Absent: 0.7 where there is an aicrowd.json, else 0.9.',
    ),
  onnx: onnxMapSchema
    .optional()
    .describe("For the runtime onnx: what the model's inputs are fed with, and which output is the answer."),
  description: text(2000).optional(),
  authors: z.array(text(100)).min(1).max(20),
  licence: text(64).optional().describe('An SPDX identifier, or a few words.'),
  affiliation: z
    .enum(['academic', 'independent'])
    .optional()
    .describe('For the boards of academic and of independent teams; leave it out for neither.'),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** The file of a manifest's entry, without a class's name. */
export function entryFile({ entry }: Pick<Manifest, 'entry'>): string {
  return entry.split(':')[0] ?? entry;
}

/** The JSON schema of arena.json, as published for editors. */
export function manifestJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(manifestSchema, { io: 'input' }), allOf: runtimeRules() };
}

/**
 * Reads the bytes of an arena.json. `runtimes`: those known here, null: any. Throws {@link ManifestError}, which names each
 * field, what was found and what is allowed.
 */
export function parseManifest(bytes: Uint8Array, runtimes: readonly string[] | null = RUNTIMES): Manifest {
  return validateManifest(parseJson(bytes, MANIFEST_FILE), runtimes);
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    // ignoreBOM false: a byte order mark, which some editors write, is skipped.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ManifestError([{ field: '', message: 'the file is not text in UTF-8' }], file);
  }
}

/** JSON of a file of the participant's, named `file` in errors. Throws {@link ManifestError}. */
export function parseJson(bytes: Uint8Array, file: string): unknown {
  if (bytes.length > MAX_MANIFEST_BYTES) {
    const message = `the file has ${bytes.length} bytes, allowed: at most ${MAX_MANIFEST_BYTES}`;
    throw new ManifestError([{ field: '', message }], file);
  }
  const text = decode(bytes, file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const message = `the file is not JSON: ${plain(jsonFault(text, cause))}`;
    throw new ManifestError([{ field: '', message }], file);
  }
  const found = unfit(value);
  if (found) {
    const field = plain(pathText(found.path).slice(0, 200));
    throw new ManifestError([{ field, message: `${field === '' ? 'the file ' : ''}${found.problem}` }], file);
  }
  return value;
}

/** A model has a map, nothing else has one, and the map speaks of fields that are sent. */
function checkMap({ runtime, onnx, fields }: Manifest): void {
  if (runtime === 'onnx' && onnx === undefined) {
    const message = "is missing; expected the map of the model's inputs and output, since runtime is onnx";
    throw new ManifestError([{ field: 'onnx', message }]);
  }
  if (runtime !== 'onnx' && onnx !== undefined) {
    const message = `found a map, allowed: only with the runtime onnx, not with ${runtime}`;
    throw new ManifestError([{ field: 'onnx', message }]);
  }
  const problems = onnx === undefined ? [] : problemsWithFields(onnx, fields);
  if (problems.length > 0) throw new ManifestError(problems);
}

const entryError = (found: string, allowed: string): ManifestError =>
  new ManifestError([{ field: 'entry', message: `found ${shown(found)}, allowed: ${allowed}` }]);

/** The same for JSON that is parsed already. */
export function validateManifest(input: unknown, runtimes: readonly string[] | null = RUNTIMES): Manifest {
  const parsed = manifestSchema.safeParse(input);
  if (!parsed.success) throw new ManifestError(problemsOf(parsed.error, input, manifestSchema));
  const { runtime, entry: named } = parsed.data;
  const ending = isBuiltIn(runtime) ? ENDINGS[runtime] : null;
  if (ending !== null && !entryFile(parsed.data).endsWith(ending))
    throw entryError(named, `a file that ends in ${ending}`);
  if (isBuiltIn(runtime) && runtime !== 'python' && named.includes(':'))
    throw entryError(named, 'a file; classes are named in Python only');
  checkMap(parsed.data);
  if (runtimes?.includes(parsed.data.runtime) === false) {
    throw new ManifestError([
      {
        field: 'runtime',
        message: `found ${shown(parsed.data.runtime)}, offered here: ${runtimes.join(', ') || 'none'}`,
      },
    ]);
  }
  return parsed.data;
}
