import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { LogTail } from '../log-tail.ts';
import type { SandboxLimits } from '../specification.ts';
import type { BoxedProcess } from './box.ts';

/** Seconds of processor time: a full archive takes three. */
const CPU_SECONDS = 60;
/** A Node that has just started has 575 MB mapped; as for sandboxes. */
const DATA_SLACK_MIB = 2048;
const OPEN_FILES = 64;

/**
 * A process with limits and an empty environment, for machines on which no sandbox can be made: it cannot write a file, and
 * is this user's otherwise. Its program narrows itself further by Node's permission model. Memory is held by RLIMIT_DATA alone.
 */
export function plainProcess(command: readonly string[], limits: SandboxLimits): BoxedProcess {
  const script = [
    'ulimit -c 0',
    `ulimit -n ${OPEN_FILES}`,
    'ulimit -f 0',
    `ulimit -t ${CPU_SECONDS}`,
    `ulimit -d ${(limits.memoryMiB + DATA_SLACK_MIB) * 1024}`,
    'exec "$@"',
  ].join(' && ');
  const child = spawn('/bin/bash', ['--noprofile', '--norc', '-c', script, 'sh', ...command], {
    ...{ env: {}, cwd: '/', stdio: 'pipe' },
  });
  const log = new LogTail();
  child.stderr.on('data', (chunk: Buffer) => {
    log.push(chunk);
  });
  let isStopped = false;
  return {
    streams: () => ({ stdin: child.stdin, stdout: child.stdout }),
    exit: once(child, 'close').then(
      ([code, signal]) => {
        if (isStopped) return { cause: 'stopped' };
        return signal === null
          ? { cause: 'exited', code: code as number }
          : { cause: 'signal', signal: signal as string };
      },
      (error: unknown) => ({ cause: 'not_started', message: (error as Error).message }),
    ),
    kill: () => {
      isStopped = true;
      child.kill('SIGKILL');
    },
    log: () => log.toString(),
    close: () => undefined,
  };
}
