import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError } from './errors.ts';
import { note } from './progress.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Where every build works. */
export const PLACE = { root, cache: join(root, '.cache'), out: join(root, 'out') } as const;

/** A build as a command: what the person can mend is one line on standard error and exit code 1. */
export async function asProgram(name: string, build: () => Promise<void>): Promise<void> {
  try {
    await build();
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    note(`${name} failed: ${error.message}`);
    process.exitCode = 1;
  }
}
