import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxError } from './errors.ts';
import { NODE, nodeVersion } from './node-binary.ts';
import { AGENT_FOLDER, type AgentRuntime } from './runtime.ts';
import type { Stage } from './staging.ts';

/** Files of the platform that the node runtime needs. */
export interface NodeRuntimeFiles {
  /** The Node binary, version 24: agents' TypeScript runs by its type stripping. */
  nodeBinary: string;
  /** Folder of the package `@arena/agent`, compiled: package.json and dist/. */
  sdkFolder: string;
}

/** Beside /agent, so that `import … from '@arena/agent'` resolves from any file of the submission. */
const SDK = '/node_modules/@arena/agent';

/** The runner's modules, and made of them one file: an agent's start takes 51 ms instead of 55 (medians of six times 32, by turns). */
const MODULES = 'dist/runner';
const RUNNER = 'dist/bundle/main.js';

/**
 * The share of memory that V8's heap may have. Beyond it Node says "heap out of memory" and dies, which tells the
 * participant more than the watchdog's end; the rest is for Buffers, WebAssembly and Node itself (45 MiB).
 */
const HEAP_SHARE = 0.75;

/** Runs entries with Node and the SDK's runner. Throws SandboxError when one of them is missing, and says how to get it. */
export function nodeRuntime(stage: Stage, files: NodeRuntimeFiles): AgentRuntime {
  const version = check(files);
  const bindings = [
    { source: stage.keep(files.nodeBinary), target: NODE },
    { source: stage.keep(join(files.sdkFolder, 'package.json')), target: `${SDK}/package.json` },
    { source: stage.keepFolder(join(files.sdkFolder, 'dist')), target: `${SDK}/dist` },
  ];
  return {
    name: 'node',
    description: `Node ${version}`,
    sandbox: ({ folder, entry, stdinBytes }, limits) => ({
      command: [
        NODE,
        `--max-old-space-size=${Math.max(16, Math.floor(limits.memoryMiB * HEAP_SHARE))}`,
        // Participants need no package.json to write ES modules.
        '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
        '--disable-warning=ExperimentalWarning',
        `${SDK}/${RUNNER}`,
        `${AGENT_FOLDER}/${entry}`,
      ],
      bindings: [...bindings, { source: folder, target: AGENT_FOLDER }],
      limits,
      stdinBytes,
    }),
  };
}

function check({ nodeBinary, sdkFolder }: NodeRuntimeFiles): string {
  const version = nodeVersion(nodeBinary);
  const runner = join(sdkFolder, RUNNER);
  if (!existsSync(runner))
    throw new SandboxError(`the SDK is not built (${runner} is missing): run npm run build`);
  const made = statSync(runner).mtimeMs;
  const folder = join(sdkFolder, MODULES);
  const newer = readdirSync(folder).find(
    (name) => name.endsWith('.js') && statSync(join(folder, name)).mtimeMs > made,
  );
  if (newer !== undefined)
    throw new SandboxError(`${runner} was made before ${join(folder, newer)}: run npm run build`);
  return version;
}
