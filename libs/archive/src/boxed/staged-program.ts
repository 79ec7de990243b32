import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Binding, Stage } from '@arena/sandbox';

/** The program in a copy of this package's compiled files. */
export const PROGRAM = 'boxed/program.js';
const INSIDE = '/runtime/archive';
const NODE = '/runtime/node';

/** What reads a tar; with what it needs in turn. */
const LIBRARY = 'tar-stream';
/** Parts of its libraries for another engine than Node. */
const NOT_FOR_NODE = /^bare-/;

/** This package and its libraries in one folder that any uid can reach, made once for this process. */
export function stagedProgram(
  stage: Stage,
  nodeBinary: string,
): { bindings: readonly Binding[]; node: string; inside: string; outside: { folder: string } } {
  const folder = stage.keepFolder(fileURLToPath(new URL('..', import.meta.url)), (copy) => {
    writeFileSync(join(copy, 'package.json'), JSON.stringify({ type: 'module' }));
    const from = createRequire(import.meta.url);
    for (const [name, path] of packages(from, LIBRARY))
      cpSync(path, join(copy, 'node_modules', name), { recursive: true, dereference: true });
  });
  return {
    bindings: [
      { source: stage.keep(nodeBinary), target: NODE },
      { source: folder, target: INSIDE },
    ],
    node: NODE,
    inside: `${INSIDE}/${PROGRAM}`,
    outside: { folder },
  };
}

/** Folders of a package and of all that it depends on, by name. */
function packages(
  from: NodeJS.Require,
  name: string,
  found = new Map<string, string>(),
): Map<string, string> {
  if (NOT_FOR_NODE.test(name) || found.has(name)) return found;
  const file = (from.resolve.paths(name) ?? [])
    .map((folder) => join(folder, name, 'package.json'))
    .find((path) => readable(path) !== null);
  if (file === undefined) throw new Error(`${name} is not installed: run npm ci`);
  found.set(name, join(file, '..'));
  const { dependencies = {} } = JSON.parse(readable(file) ?? '{}') as {
    dependencies?: Record<string, string>;
  };
  for (const needed of Object.keys(dependencies)) packages(createRequire(file), needed, found);
  return found;
}

function readable(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
