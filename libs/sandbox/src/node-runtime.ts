import { join } from 'node:path';
import type { SandboxLimits, SandboxSpecification } from './specification.ts';
import type { Stage } from './staging.ts';

/** Files of the platform that the node runtime needs. */
export interface NodeRuntimeFiles {
  /** The Node binary, version 24: agents' TypeScript runs by its type stripping. */
  nodeBinary: string;
  /** Folder of the package `@arena/agent`, compiled: package.json and dist/. */
  sdkFolder: string;
}

const NODE = '/runtime/node';
/** Beside /agent, so that `import … from '@arena/agent'` resolves from any file of the submission. */
const SDK = '/node_modules/@arena/agent';
const AGENT = '/agent';

/**
 * The share of memory that V8's heap may have. Beyond it Node says "heap out of memory" and dies, which tells the
 * participant more than the watchdog's end; the rest is for Buffers, WebAssembly and Node itself (45 MiB).
 */
const HEAP_SHARE = 0.75;

/** A sandbox that runs a submission's entry with the SDK's runner. `agentFolder` must be reachable: {@link Stage.place}. */
export function nodeSandbox(
  stage: Stage,
  files: NodeRuntimeFiles,
  agent: { folder: string; entry: string; stdinBytes: number },
  limits: SandboxLimits,
): SandboxSpecification {
  const heapMiB = Math.max(16, Math.floor(limits.memoryMiB * HEAP_SHARE));
  return {
    command: [
      NODE,
      `--max-old-space-size=${heapMiB}`,
      // Participants need no package.json to write ES modules.
      '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
      '--disable-warning=ExperimentalWarning',
      `${SDK}/dist/runner/main.js`,
      `${AGENT}/${agent.entry}`,
    ],
    bindings: [
      { source: stage.keep(files.nodeBinary), target: NODE },
      { source: stage.keep(join(files.sdkFolder, 'package.json')), target: `${SDK}/package.json` },
      { source: stage.keepFolder(join(files.sdkFolder, 'dist')), target: `${SDK}/dist` },
      { source: agent.folder, target: AGENT },
    ],
    limits,
    stdinBytes: agent.stdinBytes,
  };
}
