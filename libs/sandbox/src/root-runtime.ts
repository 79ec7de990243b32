import { lstatSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { SandboxError } from './errors.ts';
import type { AgentRuntime } from './runtime.ts';

/** A root file system that agents see in the place of this machine's. */
export interface RuntimeRoot {
  /** What runs the entry in it. */
  base: 'node' | 'python';
  /** An absolute path, as `arena runtime unpack` makes it. */
  folder: string;
}

/** Where images have their Python, the first that is there. */
const PYTHONS = ['usr/local/bin/python3', 'opt/conda/bin/python3', 'usr/bin/python3'];

/** A program of the root, as seen inside; links are not followed outside. Throws SandboxError where none is there. */
export function pythonOf(folder: string): string {
  const found = PYTHONS.find((path) => lstatSync(join(folder, path), { throwIfNoEntry: false }));
  if (found === undefined)
    throw new SandboxError(`${folder} has no Python (${PYTHONS.join(', ')}): use an image that has one`);
  return `/${found}`;
}

/** A runtime under a name of its own, with another root. Throws SandboxError when the folder cannot be one, and says why. */
export function rootRuntime(name: string, { base, folder }: RuntimeRoot, inner: AgentRuntime): AgentRuntime {
  checkRoot(folder);
  return {
    name,
    base,
    description: `${name}: ${base} in ${folder}`,
    sandbox: (agent, limits) => ({ ...inner.sandbox(agent, limits), root: folder }),
  };
}

function checkRoot(folder: string): void {
  if (!isAbsolute(folder)) throw new SandboxError(`${folder} must be an absolute path`);
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() !== true)
    throw new SandboxError(`there is no folder ${folder}: make it by arena runtime unpack IMAGE ${folder}`);
  const owner = found.uid === 0 || found.uid === process.getuid?.();
  if (!owner || (found.mode & 0o022) !== 0)
    throw new SandboxError(
      `${folder} can be written by others than this user: what agents run must not be theirs to change`,
    );
  for (const needed of ['bin/sh', 'usr/bin/sh']) {
    if (lstatSync(join(folder, needed), { throwIfNoEntry: false })) return;
  }
  // /bin is a link into /usr in most images: then one of the two is found.
  throw new SandboxError(
    `${folder} has no shell (/bin/sh): agents are started by one; use an image that has it`,
  );
}
