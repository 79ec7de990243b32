/** Processes of a sandbox's own uid, wherever they are: for root, who gave out the uid. */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { signal, stateOf } from './processes.ts';

/** Below are people, services and root: nothing here ever ends their processes. */
const LEAST_UID = 1000;
const HELPER_MS = 2000;

/** Pids of the processes of a uid that have not ended. One read for each process of the machine: not for every end. */
export function runningOf(uid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && uidOf(name) === uid)
    .map(Number)
    .filter((pid) => stateOf(pid)?.zombie === false);
}

/** The folder's own owner is root where a process may not be dumped, so its status is read. */
function uidOf(pid: string): number | null {
  try {
    const found = /^Uid:\s(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return found === undefined ? null : Number(found);
  } catch {
    return null;
  }
}

/**
 * SIGKILL to every process of a uid. The kernel sends it to all in one step when a process of that uid asks for it (`kill -1`), so that
 * no one forks away meanwhile. Resolves once it was sent; never rejects.
 */
export async function endUser(uid: number): Promise<void> {
  if (!Number.isInteger(uid) || uid < LEAST_UID || process.getuid?.() !== 0 || uid === process.getuid())
    return;
  for (const pid of runningOf(uid)) signal(pid);
  const helper = spawn('/bin/bash', ['--noprofile', '--norc', '-c', 'kill -KILL -- -1'], {
    ...{ env: {}, cwd: '/', stdio: 'ignore', uid, gid: uid },
  });
  const over = new Promise<void>((resolve) => {
    helper.once('exit', () => {
      resolve();
    });
    // It could not be made: then those found above are all that were ended in this round.
    helper.once('error', () => {
      resolve();
    });
  });
  await Promise.race([over, delay(HELPER_MS, undefined, { ref: false })]);
  helper.kill('SIGKILL');
}
