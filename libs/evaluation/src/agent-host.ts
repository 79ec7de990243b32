import { fileURLToPath } from 'node:url';
import { RUNTIMES, type Runtime } from '@arena/protocol';
import {
  Sandbox,
  SandboxError,
  Stage,
  OnnxLibrary,
  nodeRuntime,
  pythonRuntime,
  rootRuntime,
  wasmRuntime,
  type AgentRuntime,
  type OnnxFiles,
  type RuntimeRoot,
  type SandboxOptions,
  type Sandboxes,
} from '@arena/sandbox';
import { GameThreads } from './game-threads.ts';

export interface AgentHostOptions extends SandboxOptions {
  /** What holds agents in; default: one made with these options. */
  sandbox?: Sandboxes;
  /** Node 24 for agents; default: the one that runs this. */
  nodeBinary?: string;
  /** The folder of the participants' SDKs; default: agents of this repository. */
  sdkFolder?: string;
  /** Where files are made ready for sandboxes; default: a folder in the system's place for temporary files. */
  stageFolder?: string;
  /** Other root file systems, by the names of the runtimes that they are. */
  roots?: Readonly<Record<string, RuntimeRoot>>;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a worker has to run agents with; made once, used by all its shards. */
export class AgentHost {
  readonly sandbox: Sandboxes;
  readonly stage: Stage;
  readonly threads = new GameThreads();
  readonly #runtimes = new Map<string, AgentRuntime>();
  /** Why a runtime is not offered. */
  readonly #missing = new Map<string, string>();

  /** Throws SandboxError when bubblewrap is missing. Runtimes that the machine cannot have are not offered. */
  constructor(options: AgentHostOptions = {}) {
    this.stage = new Stage(options.stageFolder);
    this.sandbox =
      options.sandbox ?? new Sandbox({ ...options, spareFolder: () => this.stage.privateFolder() });
    const sdk = (name: string): string =>
      options.sdkFolder === undefined ? here(`../../../agents/${name}`) : `${options.sdkFolder}/${name}`;
    const nodeBinary = options.nodeBinary ?? process.execPath;
    const onnx = this.#library({ nodeBinary, sdkFolder: sdk('node') });
    const withModels = (runtime: AgentRuntime): AgentRuntime =>
      onnx instanceof OnnxLibrary ? onnx.beside(runtime) : runtime;
    const makers: Record<Runtime, () => AgentRuntime> = {
      node: () => withModels(nodeRuntime(this.stage, { nodeBinary, sdkFolder: sdk('node') })),
      python: () => withModels(pythonRuntime(this.stage, { sdkFolder: sdk('python') })),
      onnx: () => {
        if (onnx instanceof SandboxError) throw onnx;
        return onnx.runtime();
      },
      wasm: () => wasmRuntime(this.stage, { nodeBinary, hostFolder: sdk('wasm') }),
    };
    for (const name of RUNTIMES) this.#make(name, makers[name]);
    for (const [name, root] of Object.entries(options.roots ?? {})) {
      this.#make(name, () =>
        rootRuntime(
          name,
          root,
          root.base === 'python'
            ? withModels(pythonRuntime(this.stage, { sdkFolder: sdk('python'), root: root.folder }))
            : makers.node(),
        ),
      );
    }
  }

  /** Without it agents of the other runtimes go without models; the runtime onnx says why. */
  #library(files: OnnxFiles): OnnxLibrary | SandboxError {
    try {
      return new OnnxLibrary(this.stage, files);
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      return error;
    }
  }

  #make(name: string, maker: () => AgentRuntime): void {
    try {
      this.#runtimes.set(name, maker());
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      this.#missing.set(name, error.message);
    }
  }

  /** Those that can be had here. */
  get runtimes(): readonly AgentRuntime[] {
    return [...this.#runtimes.values()];
  }

  /** Those that cannot, with the reason. */
  get missing(): ReadonlyMap<string, string> {
    return this.#missing;
  }

  /** Throws SandboxError for one that is not offered here, with the reason. */
  runtime(name: string): AgentRuntime {
    const found = this.#runtimes.get(name);
    if (found !== undefined) return found;
    const offered = [...this.#runtimes.keys()].join(', ');
    const reason =
      this.#missing.get(name) ??
      `there is none of that name. Here are ${offered === '' ? 'none' : offered}; a root file system makes more: arena runtime --help`;
    throw new SandboxError(`the runtime ${name} is not offered here: ${reason}`);
  }

  /** Offers a runtime no more: its self-test has failed, or it is not wanted here. */
  withdraw(name: string, reason: string): void {
    this.#runtimes.delete(name);
    this.#missing.set(name, reason);
  }
}

/** As the class; for callers that have no need of its name. */
export function createAgentHost(options: AgentHostOptions = {}): AgentHost {
  return new AgentHost(options);
}
