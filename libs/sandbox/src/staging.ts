import { createHash, randomUUID } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ownFolder } from './own-folder.ts';

/**
 * A folder from which files are bound into sandboxes. A sandbox's uid must be able to reach what it binds, and a
 * checkout in a private home cannot be reached; and the mount table inside shows where things come from, which
 * should not be somebody's home either.
 */
export class Stage {
  readonly root: string;
  readonly #copies: string;
  readonly #folders = new Map<string, string>();

  /** `folder`: made if missing; must be ours alone to write. Default: in the system's folder for temporary files. */
  constructor(folder = join(tmpdir(), `arena-stage-${process.getuid?.() ?? 0}`)) {
    this.root = ownFolder(folder);
    this.#copies = join(this.root, `process-${process.pid}-${randomUUID()}`);
    this.#sweep();
  }

  /** The same content under a path that any uid can reach, kept for the next time. Linked where that is possible. */
  keep(file: string): string {
    const { size, mtimeMs, ino } = statSync(file);
    const key = createHash('sha256')
      .update(`${resolve(file)}\0${size}\0${mtimeMs}\0${ino}`)
      .digest('hex')
      .slice(0, 16);
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

  /** A copy of a folder of the platform's own, made once for this process; `prepare` may add to it. */
  keepFolder(folder: string, prepare?: (copy: string) => void): string {
    const path = resolve(folder);
    const kept = this.#folders.get(path) ?? this.#copy(path, prepare);
    this.#folders.set(path, kept);
    return kept;
  }

  /**
   * A folder for files that sandboxes shall see as they are: `preferred` where any uid can come to it, else one of this
   * stage's. Ours alone to write. Throws SandboxError where it is not.
   */
  folderFor(preferred: string, name: string): string {
    const folder = ownFolder(preferred);
    return process.getuid?.() !== 0 || isReached(folder) ? folder : ownFolder(join(this.root, name));
  }

  /** A folder of this process that only its user can enter; goes with {@link dispose}. */
  privateFolder(): string {
    this.#openCopies();
    const folder = join(this.#copies, 'private');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Removes this stage's copies; those of processes that died are swept by the next one. */
  dispose(): void {
    rmSync(this.#copies, { recursive: true, force: true });
    this.#folders.clear();
  }

  #copy(folder: string, prepare?: (copy: string) => void): string {
    this.#openCopies();
    const copy = join(this.#copies, randomUUID());
    cpSync(folder, copy, { recursive: true, dereference: false });
    prepare?.(copy);
    openUp(copy);
    return copy;
  }

  #openCopies(): void {
    mkdirSync(this.#copies, { recursive: true, mode: 0o755 });
    chmodSync(this.#copies, 0o711);
  }

  #sweep(): void {
    for (const name of readdirSync(this.root)) {
      const pid = /^process-(\d+)/.exec(name)?.[1];
      if (pid !== undefined && !existsSync(`/proc/${pid}`))
        rmSync(join(this.root, name), { recursive: true, force: true });
    }
  }

  /** A folder as it is if any uid can reach and read it, else a copy. `release` removes the copy. */
  place(folder: string): { path: string; release: () => void } {
    const path = resolve(folder);
    if (reachable(path)) return { path, release: () => undefined };
    const copy = this.#copy(path);
    return {
      path: copy,
      release: () => {
        rmSync(copy, { recursive: true, force: true });
      },
    };
  }
}

/** Whether others may enter every folder above, and read this one with all that is in it. */
function reachable(path: string): boolean {
  if (!isReached(dirname(path))) return false;
  return entries(path).every(({ mode, isFolder }) =>
    isFolder ? (mode & 0o005) === 0o005 : (mode & 0o004) !== 0,
  );
}

/** Whether others may enter a folder and every one above. */
function isReached(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** A folder and all in it but links, whose modes mean nothing. */
function entries(folder: string): { path: string; mode: number; isFolder: boolean }[] {
  return [
    folder,
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ].flatMap((path) => {
    const found = lstatSync(path);
    return found.isSymbolicLink() ? [] : [{ path, mode: found.mode, isFolder: found.isDirectory() }];
  });
}

function openUp(folder: string): void {
  for (const { path, mode, isFolder } of entries(folder)) chmodSync(path, mode | (isFolder ? 0o755 : 0o444));
}
