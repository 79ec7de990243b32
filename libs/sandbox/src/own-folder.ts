import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { SandboxError } from './errors.ts';

/**
 * A folder that only this user can write, made if it is missing and then open for all to enter: sandboxes run what
 * lies in it. In a place for temporary files anybody may have made it before us, so it is looked at first.
 * Returns its absolute path. Throws SandboxError when it is a link, no folder, or somebody else's.
 */
export function ownFolder(folder: string): string {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true, mode: 0o755 });
  const found = lstatSync(path);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new SandboxError(
      `${path} is not a folder that only this user can write: remove it or name another one`,
    );
  }
  chmodSync(path, 0o755);
  return path;
}
