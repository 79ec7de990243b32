/** What a schema of zod's says of the place that a problem is at: its fields, its bounds. */
import { z } from 'zod';

/** Without optional, default and the like around it. */
function bare(schema: unknown): unknown {
  for (let inner = schema; ;) {
    if (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodNullable)
      inner = inner.unwrap();
    else if (inner instanceof z.ZodPipe) inner = inner.in;
    else return inner;
  }
}

/** The schema of a place within `schema`; null where it has none of its own. */
export function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): unknown {
  let found = bare(schema);
  for (const key of path) {
    if (found instanceof z.ZodObject) {
      const shape = found.shape as Record<PropertyKey, unknown>;
      if (!Object.hasOwn(shape, key)) return null;
      found = bare(shape[key]);
    } else if (found instanceof z.ZodArray) found = bare(found.element);
    else return null;
  }
  return found;
}

/** Names of the fields that a place may have. */
export function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const found = schemaAt(schema, path);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

export function isWhole(schema: unknown): boolean {
  return schema instanceof z.ZodNumber && (schema.format?.includes('int') ?? false);
}

/** `from 1 to 64`, or less where a bound is missing; empty for what is no number. */
export function boundsOf(schema: unknown): string {
  if (!(schema instanceof z.ZodNumber)) return '';
  const told = (bound: number | null): string =>
    bound === null || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? '' : String(bound);
  const [least, most] = [told(schema.minValue), told(schema.maxValue)];
  if (least !== '' && most !== '') return `from ${least} to ${most}`;
  if (least !== '') return `at least ${least}`;
  return most === '' ? '' : `at most ${most}`;
}
