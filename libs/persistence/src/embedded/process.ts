import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { SystemUser } from './user.ts';

export interface Outcome {
  code: number;
  output: string;
}

/** Runs a program to its end as `user`, with nothing of our environment, and collects what it printed. */
export function run(program: string, args: string[], user: SystemUser | null, cwd: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
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
