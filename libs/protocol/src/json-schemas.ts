import { z } from 'zod';
import { manifestJsonSchema } from './manifest.ts';
import { gameOverSchema, helloSchema, readySchema } from './messages.ts';

/** What of the contract is JSON, by the name under which it is published. */
export const SCHEMA_NAMES = ['arena.json', 'hello', 'ready', 'game-over'] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];

/** Of what may come in: what a later version adds to the platform's messages does not break a client that validates. */
const inputSchema = (schema: z.ZodType): Record<string, unknown> => z.toJSONSchema(schema, { io: 'input' });

const schemas: Record<SchemaName, () => Record<string, unknown>> = {
  'arena.json': manifestJsonSchema,
  hello: () => inputSchema(helloSchema),
  ready: () => inputSchema(readySchema),
  'game-over': () => inputSchema(gameOverSchema),
};

/** A JSON schema (draft 2020-12), made of what the platform itself validates by. */
export function jsonSchema(name: SchemaName): Record<string, unknown> {
  return schemas[name]();
}
