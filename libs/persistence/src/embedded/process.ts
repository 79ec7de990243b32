import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import type { SystemUser } from './user.ts';

export interface Outcome {
  code: number;
  output: string;
}

/**
 * Runs a program to its end as `user`, with nothing of our environment, and collects what it printed. `tied`: the kernel kills
 * it when this process ends, even by SIGKILL.
 */
export function run(
  program: string,
  args: string[],
  user: SystemUser | null,
  cwd: string,
  tied = false,
): Promise<Outcome> {
  const [command, rest] = tied
    ? ['setpriv', ['--pdeathsig', 'KILL', '--', program, ...args]]
    : [program, args];
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, {
      cwd,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
    let output = '';
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-8000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    // 'exit', not 'close': pg_ctl's server may inherit the pipes and hold them open for days.
    child.on('exit', (code) => {
      resolve({ code: code ?? 1, output: output.trim() });
    });
  });
}

/** Whether the process runs and its command line names `mark`: a reused process id is not the process we look for. */
export function isAlive(pid: number, mark: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark);
  } catch {
    // No /proc (macOS): the signal's word has to do.
    return process.platform !== 'linux';
  }
}

/** Processes of PostgreSQL whose working folder this is; empty where there is no /proc. */
export function serverProcessesIn(folder: string): number[] {
  try {
    const real = realpathSync(folder);
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => workingFolderOf(pid) === real && isPostgres(pid));
  } catch {
    return [];
  }
}

/** Its children call themselves `postgres: checkpointer` and the like. */
function isPostgres(pid: number): boolean {
  try {
    return /^(\S*\/)?postgres(\0|:|$)/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

function workingFolderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null; // Gone since, a zombie, or another user's.
  }
}

/** A name of a process that is never given twice, not even after the machine or its container was started again. */
export function identityOf(pid: number): string | null {
  const birth = birthOf(pid);
  if (birth === null) return null;
  try {
    return `${pid} ${birth} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return `${pid} ${birth}`;
  }
}

/** When a process began, in the kernel's ticks since the machine did: with its id a name that is never given twice. */
export function birthOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in brackets, may hold spaces and brackets itself; the 20th word after it is field 22.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
