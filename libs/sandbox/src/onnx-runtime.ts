import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { SandboxError } from './errors.ts';
import { NODE, nodeVersion } from './node-binary.ts';
import { AGENT_FOLDER, type AgentRuntime } from './runtime.ts';
import type { Binding } from './specification.ts';
import type { Stage } from './staging.ts';

/** Files of the platform that models are run with. */
export interface OnnxFiles {
  /** Node 24. */
  nodeBinary: string;
  /** Folder of the package `@arena/agent`, compiled: its runner plays models, and it finds ONNX Runtime from there. */
  sdkFolder: string;
}

const SDK = '/node_modules/@arena/agent';
/** The runner's own heap: it copies observations into tensors, which lie outside of it like the model. */
const HEAP_MIB = 64;

/**
 * ONNX Runtime as it is bound into sandboxes: its JavaScript and the two libraries for this machine, of 260 MB in all. Throws
 * SandboxError when it is not there, and says how to get it.
 */
export class OnnxLibrary {
  readonly version: string;
  readonly bindings: readonly Binding[];
  readonly #nodeBinary: Binding;
  readonly #sdk: readonly Binding[];
  readonly #nodeVersion: string;

  constructor(stage: Stage, { nodeBinary, sdkFolder }: OnnxFiles) {
    this.#nodeVersion = nodeVersion(nodeBinary);
    if (!existsSync(join(sdkFolder, 'dist/runner/onnx.js'))) {
      throw new SandboxError(`the SDK is not built (${sdkFolder}/dist is missing): run npm run build`);
    }
    const node = packageFolder('onnxruntime-node', join(sdkFolder, 'package.json'));
    const common = packageFolder('onnxruntime-common', join(node, 'package.json'));
    const libraries = `bin/napi-v6/${process.platform}/${process.arch}`;
    const files = ['onnxruntime_binding.node', 'libonnxruntime.so.1'].map((name) => `${libraries}/${name}`);
    const missing = files.find((file) => !existsSync(join(node, file)));
    if (missing !== undefined) {
      throw new SandboxError(`onnxruntime-node has no library for this machine (${missing} is missing)`);
    }
    const at = (name: string, file: string): string => `/node_modules/${name}/${file}`;
    this.version = versionOf(node);
    this.bindings = [
      ...['package.json', ...files].map((file) => ({
        source: stage.keep(join(node, file)),
        target: at('onnxruntime-node', file),
      })),
      { source: stage.keepFolder(join(node, 'dist')), target: at('onnxruntime-node', 'dist') },
      { source: stage.keep(join(common, 'package.json')), target: at('onnxruntime-common', 'package.json') },
      { source: stage.keepFolder(join(common, 'dist/cjs')), target: at('onnxruntime-common', 'dist/cjs') },
    ];
    this.#nodeBinary = { source: stage.keep(nodeBinary), target: NODE };
    this.#sdk = [
      { source: stage.keep(join(sdkFolder, 'package.json')), target: `${SDK}/package.json` },
      { source: stage.keepFolder(join(sdkFolder, 'dist')), target: `${SDK}/dist` },
    ];
  }

  /** Runs models by the SDK's runner. */
  runtime(): AgentRuntime {
    return {
      name: 'onnx',
      description: `ONNX Runtime ${this.version}, Node ${this.#nodeVersion}`,
      sandbox: ({ folder, entry, stdinBytes, map }, limits) => ({
        command: [
          NODE,
          `--max-old-space-size=${HEAP_MIB}`,
          `${SDK}/dist/runner/onnx.js`,
          `${AGENT_FOLDER}/${entry}`,
          JSON.stringify(map),
        ],
        bindings: [
          this.#nodeBinary,
          ...this.#sdk,
          ...this.bindings,
          { source: folder, target: AGENT_FOLDER },
        ],
        limits,
        stdinBytes,
      }),
    };
  }

  /** The same runtime, whose agents can load models: by `loadModel` in Node, by `arena.onnx` in Python. */
  beside(runtime: AgentRuntime): AgentRuntime {
    return {
      name: runtime.name,
      description: `${runtime.description}, ONNX Runtime ${this.version}`,
      sandbox: (agent, limits) => {
        const { bindings, environment, ...rest } = runtime.sandbox(agent, limits);
        const taken = new Set(bindings.map(({ target }) => target));
        const more = [this.#nodeBinary, ...this.#sdk, ...this.bindings];
        return {
          ...rest,
          bindings: [...more.filter(({ target }) => !taken.has(target)), ...bindings],
          environment: {
            ...environment,
            ...(runtime.name === 'python'
              ? { ARENA_NODE: NODE, ARENA_ONNX: `${SDK}/dist/onnx/server.js` }
              : {}),
          },
        };
      },
    };
  }
}

/** Where a package lies, as the file `from` would find it. */
function packageFolder(name: string, from: string): string {
  try {
    const main = createRequire(from).resolve(name);
    return main.slice(0, main.lastIndexOf(`${name}/dist/`)) + name;
  } catch (cause) {
    throw new SandboxError(`${name} is not installed: run npm ci`, { cause });
  }
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
