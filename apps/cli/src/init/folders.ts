import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CommandError } from '../usage.ts';

/**
 * Makes a folder and those above it that are missing, each by itself: Node's recursive mkdir never comes back in /proc, where
 * making a folder says that there is none. Throws CommandError with the folder that could not be made.
 */
export async function makeFolders(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let at = resolve(folder); !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const path of missing) {
    await mkdir(path).catch((error: unknown) => {
      const { code, message } = error as NodeJS.ErrnoException;
      // somebody made it meanwhile
      if (code === 'EEXIST') return;
      throw new CommandError(`the folder ${path} cannot be made (${code ?? message}): choose another`);
    });
  }
}
