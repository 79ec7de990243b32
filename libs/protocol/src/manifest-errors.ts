import type { z } from 'zod';

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

/** Ten problems tell enough; a hostile file of 64 KiB could make thousands. */
const MOST_PROBLEMS = 10;

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
};

/** Text without what can disturb a terminal or turn text around. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}

/** A value as it may be shown: at most 40 characters, no control characters. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const json = JSON.stringify(value);
  const text = typeof json === 'string' ? json : typeof value;
  // JSON.stringify escapes C0 controls; the rest goes here.
  const safe = plain(text);
  return safe.length > 40 ? `${safe.slice(0, 39)}…` : safe;
}

function at(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text ? `${text}.${String(key)}` : String(key);
  }, '');
}

function message(issue: z.core.$ZodIssue, found: unknown): string {
  const what = `found ${shown(found)}`;
  switch (issue.code) {
    case 'invalid_type':
      if (found === undefined) return `is missing; expected ${TYPES[issue.expected] ?? issue.expected}`;
      return `${what}, expected ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `${what}, allowed: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
    case 'too_big': {
      const small = issue.code === 'too_small';
      const bound = String(small ? issue.minimum : issue.maximum);
      const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : '';
      return `${what}, allowed: at ${small ? 'least' : 'most'} ${bound}${unit}`;
    }
    case 'unrecognized_keys':
      return `unknown ${issue.keys.length === 1 ? 'field' : 'fields'} ${issue.keys.slice(0, 5).map(shown).join(', ')}`;
    case 'invalid_format':
    case 'custom':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
      return `${what}, ${issue.message}`;
  }
}

/** zod's issues as sentences about `input`. */
export function problemsOf(error: z.ZodError, input: unknown): ManifestProblem[] {
  return error.issues
    .slice(0, MOST_PROBLEMS)
    .map((issue) => ({ field: pathText(issue.path), message: message(issue, at(input, issue.path)) }));
}
