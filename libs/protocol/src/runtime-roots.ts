/** The file in which whoever runs agents names other root file systems, as runtimes of their own. */
import { z } from 'zod';
import { RUNTIME_NAME, isBuiltIn } from './runtimes.ts';

/** A root file system that agents see in the place of the machine's, and what runs the entry in it. */
export interface NamedRoot {
  base: 'node' | 'python';
  /** An absolute path, as `arena runtime unpack` makes it. */
  folder: string;
}

/** What is wrong with the file, all of it in one sentence. */
export class RuntimeRootsError extends Error {
  override readonly name = 'RuntimeRootsError';
}

const file = z.record(
  z
    .string()
    .regex(RUNTIME_NAME, 'a name of lower-case letters, digits and - is wanted')
    .refine((name) => !isBuiltIn(name), 'the platform has a runtime of this name'),
  z.strictObject({
    base: z.enum(['node', 'python'], 'node or python is wanted: what runs the entry'),
    root: z.string().startsWith('/', 'an absolute path is wanted, made by arena runtime unpack'),
  }),
);

/**
 * Reads `{"NAME": {"base": "python", "root": "/srv/…"}}`. Throws {@link RuntimeRootsError}. Whether a folder can be a root is
 * looked at when the runtime is made.
 */
export function parseRuntimeRoots(text: string): Record<string, NamedRoot> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new RuntimeRootsError(`it is not JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) =>
        `${issue.path.join('.')}: ${issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? '') : issue.message}`,
    );
    throw new RuntimeRootsError(problems.join('; '));
  }
  return Object.fromEntries(
    Object.entries(parsed.data).map(([name, { base, root }]) => [name, { base, folder: root }]),
  );
}
