import { problemsOf } from '@arena/protocol';
import { HttpStatus, Injectable, StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { z } from 'zod';
import { ApiError } from './errors/api-error.ts';

/** What routes take from addresses, checked before any handler runs. Each message says what is expected. */
export const slugSchema = z
  .string('a competition is named by one word')
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/,
    'a competition is named by 1 to 64 letters a–z, digits and inner hyphens',
  );

export const idSchema = z.guid('an id has the form 00000000-0000-0000-0000-000000000000');

/** Written in digits and nothing else: `1e3`, ` 7`, `0x10` or an empty text are slips, not numbers. */
function wholeSchema(least: number, most: number, fallback: number): z.ZodType<number, string | undefined> {
  const expected = `a whole number from ${least} to ${most} is expected, written in digits and once`;
  return z
    .string(expected)
    .regex(/^\d{1,15}$/, expected)
    .transform(Number)
    .refine((value) => value >= least && value <= most, expected)
    .default(fallback);
}

export const offsetSchema = wholeSchema(0, 1_000_000, 0);
export const limitSchema = wholeSchema(1, 500, 100);

/** Checks what a route takes by its schema; a refusal names the parameter, what is expected and what was found. */
@Injectable()
export class RequestPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema, type, data } = metadata;
    if (!schema || type === 'custom') return value;
    if (type === 'body' && schema instanceof z.ZodType) return bodyAs(schema, value) as T;
    this.stripProtoKeys(value);
    const result = await this.validate(value, schema);
    if (!result.issues) return result.value as T;
    const problems = this.formatIssueMessages(result.issues).join('; ');
    throw badRequest(`${data ? `${data}: ` : ''}${problems}; found ${shown(value)}`);
  }
}

/** A body by its schema; a refusal names each field, what it is, and what it may be. */
function bodyAs(schema: z.ZodType, body: unknown): unknown {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  if (body === undefined) throw badRequest(`${NO_BODY}, is missing`);
  const problems = problemsOf(parsed.error, body, schema);
  throw badRequest(
    problems
      .map(({ field, message }) => (field === '' ? `the body: ${message}` : `${field}: ${message}`))
      .join('; '),
  );
}

const badRequest = (message: string): ApiError =>
  new ApiError(HttpStatus.BAD_REQUEST, 'bad_request', message);

const NO_BODY = 'the body, JSON sent with "Content-Type: application/json"';

/** At most 80 characters, with everything escaped that is not a plain letter, digit or sign. */
function shown(value: unknown): string {
  const text = JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
