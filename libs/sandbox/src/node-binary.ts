import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SandboxError } from './errors.ts';

/** The first that runs TypeScript without a flag or a warning. */
const LEAST_NODE = 24;
/** Where it lies inside. */
export const NODE = '/runtime/node';

/** The version of a Node binary, e.g. `24.21.0`. Throws SandboxError when it is missing or too old, and says what to do. */
export function nodeVersion(nodeBinary: string): string {
  if (!existsSync(nodeBinary)) {
    throw new SandboxError(`there is no Node at ${nodeBinary}: run npm ci, or set the path of a Node 24`);
  }
  const asked = spawnSync(nodeBinary, ['--version'], { env: {}, encoding: 'utf8' });
  const [, version = '', major] = /^v((\d+)\.\S+)/.exec(asked.stdout) ?? [];
  if (Number(major ?? 0) < LEAST_NODE) {
    throw new SandboxError(
      `${nodeBinary} is Node ${version || '(it does not run)'}; agents need Node ${LEAST_NODE}: run npm ci, or set the path of one`,
    );
  }
  return version;
}
