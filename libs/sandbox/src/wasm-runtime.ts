import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxError } from './errors.ts';
import { NODE, nodeVersion } from './node-binary.ts';
import { AGENT_FOLDER, type AgentRuntime } from './runtime.ts';
import type { Stage } from './staging.ts';

/** Files of the platform that the wasm runtime needs. */
export interface WasmRuntimeFiles {
  /** Node 24: its WASI runs the modules. */
  nodeBinary: string;
  /** agents/wasm of this repository, compiled. */
  hostFolder: string;
}

const HOST = '/runtime/wasm';
const PAGES_PER_MIB = 16;
/** The host's own heap: it reads one file and starts it. Modules have their memory outside of it. */
const HEAP_MIB = 64;

/** Runs WASI modules by Node's WASI. Throws SandboxError when Node or the host program is missing, and says how to get it. */
export function wasmRuntime(stage: Stage, { nodeBinary, hostFolder }: WasmRuntimeFiles): AgentRuntime {
  const version = nodeVersion(nodeBinary);
  const host = join(hostFolder, 'dist/host');
  if (!existsSync(join(host, 'main.js')))
    throw new SandboxError(`the host of WebAssembly agents is not built (${host}): run npm run build`);
  const bindings = [
    { source: stage.keep(nodeBinary), target: NODE },
    { source: stage.keep(join(hostFolder, 'package.json')), target: `${HOST}/package.json` },
    { source: stage.keepFolder(host), target: `${HOST}/host` },
  ];
  return {
    name: 'wasm',
    description: `WASI preview 1, Node ${version}`,
    sandbox: ({ folder, entry, stdinBytes }, limits) => ({
      command: [
        NODE,
        `--max-old-space-size=${HEAP_MIB}`,
        // A module may reserve as much as it may use; what it touches beyond, Node's own 45 MiB included, is the watchdog's matter.
        `--wasm-max-mem-pages=${limits.memoryMiB * PAGES_PER_MIB}`,
        '--disable-warning=ExperimentalWarning',
        `${HOST}/host/main.js`,
        AGENT_FOLDER,
        entry,
      ],
      bindings: [...bindings, { source: folder, target: AGENT_FOLDER }],
      limits,
      stdinBytes,
    }),
  };
}
