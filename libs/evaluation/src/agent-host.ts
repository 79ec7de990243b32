import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Sandbox, SandboxError, Stage, type NodeRuntimeFiles, type SandboxOptions } from '@arena/sandbox';

/** The first that runs TypeScript without a flag or a warning. */
const LEAST_NODE = 24;

/** What a worker has to run agents with; made once, used by all its shards. */
export interface AgentHost {
  sandbox: Sandbox;
  stage: Stage;
  files: NodeRuntimeFiles;
}

export interface AgentHostOptions extends SandboxOptions {
  /** Node 24 for agents; default: the one that runs this. */
  nodeBinary?: string;
  /** The compiled package `@arena/agent`; default: agents/node of this repository. */
  sdkFolder?: string;
  /** Where files are made ready for sandboxes; default: a folder in the system's place for temporary files. */
  stageFolder?: string;
}

/** Throws SandboxError when bubblewrap, Node or the SDK is missing, and says how to get it. */
export function createAgentHost(options: AgentHostOptions = {}): AgentHost {
  const nodeBinary = options.nodeBinary ?? process.execPath;
  const sdkFolder = options.sdkFolder ?? fileURLToPath(new URL('../../../agents/node', import.meta.url));
  if (!existsSync(nodeBinary)) {
    throw new SandboxError(`there is no Node at ${nodeBinary}: run npm ci, or set the path of a Node 24`);
  }
  const asked = spawnSync(nodeBinary, ['--version'], { env: {}, encoding: 'utf8' });
  const major = Number(/^v(\d+)\./.exec(asked.stdout)?.[1] ?? 0);
  if (major < LEAST_NODE) {
    throw new SandboxError(
      `${nodeBinary} is Node ${asked.stdout.trim() || '(it does not run)'}; agents need Node ${LEAST_NODE}: run npm ci, or set the path of one`,
    );
  }
  const runner = join(sdkFolder, 'dist/runner/main.js');
  if (!existsSync(runner))
    throw new SandboxError(`the SDK is not built (${runner} is missing): run npm run build`);
  return {
    sandbox: new Sandbox(options),
    stage: new Stage(options.stageFolder),
    files: { nodeBinary, sdkFolder },
  };
}
