import { copyFileSync, linkSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SandboxError } from '../errors.ts';
import type { SandboxSpecification } from '../specification.ts';

/** The files of a specification in one folder of this machine, as they would lie in a sandbox. */
export interface Layout {
  /** Where the program may write. */
  readonly tmp: string;
  /** A path inside, or what is none, as it is to be said here. */
  path(text: string): string;
  remove(): void;
}

/** Throws SandboxError for what needs a root of its own. Files are linked, where that cannot be they are copied. */
export function layOut({ bindings, writable, root }: SandboxSpecification): Layout {
  if (root !== undefined)
    throw new SandboxError(
      'another root file system cannot be had without a sandbox: unset ARENA_UNPROTECTED',
    );
  const folder = mkdtempSync(join(tmpdir(), 'arena-unprotected-'));
  const tmp = join(folder, 'tmp');
  mkdirSync(tmp);
  for (const { source, target } of bindings) place(source, join(folder, target));
  const places = [
    ...bindings.map(({ target }) => ({ target, here: join(folder, target) })),
    ...(writable === undefined ? [] : [{ target: writable.target, here: writable.source }]),
  ];
  return {
    tmp,
    path: (text) => {
      const found = places.find(({ target }) => text === target || text.startsWith(`${target}/`));
      return found === undefined ? text : found.here + text.slice(found.target.length);
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function place(source: string, target: string): void {
  const found = lstatSync(source);
  if (found.isDirectory()) {
    mkdirSync(target, { recursive: true });
    for (const name of readdirSync(source)) place(join(source, name), join(target, name));
    return;
  }
  if (!found.isFile()) return;
  mkdirSync(dirname(target), { recursive: true });
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}
