import { readFileSync } from 'node:fs';
import { RUNTIME_NAME, RUNTIMES } from '@arena/protocol';
import type { RuntimeRoot } from '@arena/sandbox';
import { z } from 'zod';
import { ConfigError } from './errors.ts';

const file = z.record(
  z
    .string()
    .regex(RUNTIME_NAME, 'a name of lower-case letters, digits and - is wanted')
    .refine(
      (name) => !(RUNTIMES as readonly string[]).includes(name),
      'the platform has a runtime of this name',
    ),
  z.strictObject({
    base: z.enum(['node', 'python'], 'node or python is wanted: what runs the entry'),
    root: z.string().startsWith('/', 'an absolute path is wanted, made by arena runtime unpack'),
  }),
);

/**
 * Reads the file of ARENA_RUNTIME_ROOTS: `{"NAME": {"base": "python", "root": "/srv/…"}}`. Throws {@link ConfigError}, which
 * names what is wrong. Whether a folder can be a root is looked at when the runtime is made.
 */
export function readRoots(path: string): Record<string, RuntimeRoot> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(`ARENA_RUNTIME_ROOTS: ${path} cannot be read: ${(error as Error).message}`);
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) =>
        `${issue.path.join('.')}: ${issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? '') : issue.message}`,
    );
    throw new ConfigError(`ARENA_RUNTIME_ROOTS: ${path} is wrong: ${problems.join('; ')}`);
  }
  return Object.fromEntries(
    Object.entries(parsed.data).map(([name, { base, root }]) => [name, { base, folder: root }]),
  );
}
