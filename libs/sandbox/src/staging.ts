import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, cpSync, linkSync, lstatSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { SandboxError } from './errors.ts';

/**
 * A folder from which files are bound into sandboxes. A sandbox's uid must be able to reach what it binds, and a
 * checkout in a private home cannot be reached; and the mount table inside shows where things come from, which
 * should not be somebody's home either.
 */
export class Stage {
  readonly root: string;

  /** `folder`: made if missing; must be ours alone to write. Default: in the system's folder for temporary files. */
  constructor(folder = join(tmpdir(), `arena-stage-${process.getuid?.() ?? 0}`)) {
    this.root = resolve(folder);
    mkdirSync(this.root, { recursive: true, mode: 0o755 });
    const found = lstatSync(this.root);
    if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
      throw new SandboxError(`${this.root} is not a folder that only this user can write: remove it or name another one`);
    }
    chmodSync(this.root, 0o755);
  }

  /** The same content under a path that any uid can reach, kept for the next time. Linked where that is possible. */
  keep(file: string): string {
    const { size, mtimeMs, ino } = statSync(file);
    const key = createHash('sha256').update(`${resolve(file)}\0${size}\0${mtimeMs}\0${ino}`).digest('hex').slice(0, 16);
    const target = join(this.root, key);
    if (lstatSync(target, { throwIfNoEntry: false })?.size === size) return target;
    const part = `${target}.${randomUUID()}`;
    try {
      // A link costs nothing; the mode is the original's, so it must be readable for all.
      if ((statSync(file).mode & 0o005) === 0o005) linkSync(file, part);
      else throw new Error('not readable for all');
    } catch {
      copyFileSync(file, part);
      chmodSync(part, 0o555);
    }
    renameSync(part, target);
    return target;
  }

  /** A folder as it is if any uid can reach and read it, else a copy. `release` removes the copy. */
  place(folder: string): { path: string; release: () => void } {
    const path = resolve(folder);
    if (reachable(path)) return { path, release: () => undefined };
    const copy = join(this.root, randomUUID());
    cpSync(path, copy, { recursive: true, dereference: false });
    openUp(copy);
    return {
      path: copy,
      release: () => {
        rmSync(copy, { recursive: true, force: true });
      },
    };
  }
}

/** Whether others may enter every folder above and read this one. Its files' modes are the unpacker's business. */
function reachable(path: string): boolean {
  if ((statSync(path).mode & 0o005) !== 0o005) return false;
  for (let above = dirname(path); ; above = dirname(above)) {
    if ((statSync(above).mode & 0o001) === 0) return false;
    if (above === dirname(above)) return true;
  }
}

function openUp(folder: string): void {
  const { mode } = lstatSync(folder);
  chmodSync(folder, mode | 0o055);
}
