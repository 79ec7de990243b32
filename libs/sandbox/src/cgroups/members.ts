/** Who is in control groups, and how all of them are ended: no process can leave its group. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signal } from '../processes.ts';

/** A group that is gone, before and while its file is read. */
const GONE = new Set(['ENOENT', 'ENODEV']);

/** Null where nobody can tell, as where this process has no descriptor left. */
function members(folder: string): number[] | null {
  try {
    return readFileSync(join(folder, 'cgroup.procs'), 'latin1').split('\n').filter(Boolean).map(Number);
  } catch (error) {
    return GONE.has((error as NodeJS.ErrnoException).code ?? '') ? [] : null;
  }
}

/**
 * Whether nothing runs in a group; those that have ended and were only not yet asked about do not count. One that cannot be read
 * is not known to be empty: its uid would be given to another agent.
 */
export const isEmptyGroup = (folder: string): boolean => members(folder)?.length === 0;

/**
 * Ends all that is in these groups; never throws. Version 2 does so in one step (`cgroup.kill`, since Linux 5.14). Else they may
 * fork no more (`pids.max`), and each gets SIGKILL: one that was forking then is met by the next call.
 */
export function endGroups(folders: readonly string[]): void {
  for (const folder of folders) write(join(folder, 'pids.max'), '0');
  for (const folder of folders) {
    // A process of another pid namespace is told as 0.
    if (!write(join(folder, 'cgroup.kill'), '1')) members(folder)?.forEach(signal);
  }
}

/** Only where the kernel has such a file: elsewhere than in its own file system one would be made. */
function write(file: string, text: string): boolean {
  if (!existsSync(file)) return false;
  try {
    writeFileSync(file, text);
    return true;
  } catch {
    return false;
  }
}
