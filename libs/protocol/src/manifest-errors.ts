import { meant, withHidden } from '@arena/contracts/text';
import type { z } from 'zod';
import { boundsOf, fieldsAt, isWhole, schemaAt } from './schema-words.ts';

export interface ManifestProblem {
  /** Path within arena.json, e.g. `fields[2]`; empty for the file itself. */
  field: string;
  /** What was found and what is allowed. */
  message: string;
}

/** arena.json is not one: all that is wrong with it, field by field. */
export class ManifestError extends Error {
  readonly problems: readonly ManifestProblem[];

  /** `file`: the one that says it. */
  constructor(problems: readonly ManifestProblem[], file = 'arena.json') {
    super(
      `${file}: ${problems.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; ')}`,
    );
    this.name = 'ManifestError';
    this.problems = problems;
  }
}

/** A competition has 14 fields that must be there; a hostile file of 64 KiB could make thousands of problems. */
const MOST_PROBLEMS = 16;

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
};

/** Text without what can disturb a terminal or turn text around. */
export function plain(text: string): string {
  return withHidden(text, () => '\u{FFFD}');
}

/** A value as it may be shown: at most 40 characters, no control characters. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const json = JSON.stringify(value);
  const text = typeof json === 'string' ? json : typeof value;
  // JSON.stringify escapes C0 controls; the rest goes here.
  const safe = plain(text);
  // Once more: a cut may go through an emoji.
  return safe.length > 40 ? `${plain(safe.slice(0, 39))}…` : safe;
}

function at(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** `onnx.inputs[2].from` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text ? `${text}.${plain(String(key))}` : plain(String(key));
  }, '');
}

function message(issue: z.core.$ZodIssue, found: unknown, schema: z.ZodType): string {
  const what = `found ${shown(found)}`;
  const place = schemaAt(schema, issue.path);
  const bounds = boundsOf(place);
  switch (issue.code) {
    case 'invalid_type':
      // A number that has to be whole is asked for as any number first.
      const expected = isWhole(place) ? 'int' : issue.expected;
      return `${found === undefined ? 'is missing;' : `${what},`} expected ${TYPES[expected] ?? expected}${bounds === '' ? '' : ` ${bounds}`}`;
    case 'invalid_value':
      return `${what}, allowed: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
    case 'too_big': {
      if (bounds !== '') return `${what}, allowed: ${bounds}`;
      const small = issue.code === 'too_small';
      const bound = String(small ? issue.minimum : issue.maximum);
      const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : '';
      return `${what}, allowed: at ${small ? 'least' : 'most'} ${bound}${unit}`;
    }
    case 'unrecognized_keys':
      return `unknown ${issue.keys.length === 1 ? 'field' : 'fields'} ${unknownFields(issue.keys, fieldsAt(schema, issue.path))}`;
    case 'invalid_format':
    case 'custom':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
      return `${what}, ${issue.message}`;
  }
}

const FIELDS_SHOWN = 5;

/** `"autors" (did you mean authors?)`; where nothing is like it, what there is. */
function unknownFields(keys: readonly string[], known: readonly string[]): string {
  const guesses = keys.slice(0, FIELDS_SHOWN).map((key) => ({ key, guess: meant(key, known) }));
  const words = guesses.map(({ key, guess }) =>
    guess === null ? shown(key) : `${shown(key)} (did you mean ${guess}?)`,
  );
  const more = keys.length > FIELDS_SHOWN ? ` and ${keys.length - FIELDS_SHOWN} more` : '';
  const allowed = guesses.every(({ guess }) => guess !== null) ? '' : `; allowed: ${known.join(', ')}`;
  return `${words.join(', ')}${more}${allowed}`;
}

/** What issues of `schema` say about `input`, as sentences. */
export function problemsOf(
  error: Pick<z.ZodError, 'issues'>,
  input: unknown,
  schema: z.ZodType,
): ManifestProblem[] {
  // What is unknown explains what is missing.
  const isUnknown = ({ code }: z.core.$ZodIssue): boolean => code === 'unrecognized_keys';
  return [...error.issues.filter(isUnknown), ...error.issues.filter((issue) => !isUnknown(issue))]
    .slice(0, MOST_PROBLEMS)
    .map((issue) => ({
      field: pathText(issue.path),
      message: message(issue, at(input, issue.path), schema),
    }));
}
