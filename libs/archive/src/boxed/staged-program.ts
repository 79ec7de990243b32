import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Binding, Stage } from '@arena/sandbox';

/** The program in a copy of this package's compiled files. */
export const PROGRAM = 'boxed/program.js';
const INSIDE = '/runtime/archive';
const NODE = '/runtime/node';

/** This package in a folder that any uid can reach, made once for this process. What runs in the box needs no library. */
export function stagedProgram(
  stage: Stage,
  nodeBinary: string,
): { bindings: readonly Binding[]; node: string; inside: string; outside: { folder: string } } {
  const folder = stage.keepFolder(fileURLToPath(new URL('..', import.meta.url)), (copy) => {
    writeFileSync(join(copy, 'package.json'), JSON.stringify({ type: 'module' }));
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
