/** Who is in control groups, and how all of them are ended: no process can leave its group. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signal } from '../processes.ts';
import { readOr } from './read-or.ts';

function members(folder: string): number[] {
  return readOr(join(folder, 'cgroup.procs'), '').split('\n').filter(Boolean).map(Number);
}

/** Processes that run in a group; those that have ended and were only not yet asked about do not count. */
export const membersOf = (folder: string): number => members(folder).length;

/**
 * Ends all that is in these groups; never throws. Version 2 does so in one step (`cgroup.kill`, since Linux 5.14). Else they may
 * fork no more (`pids.max`), and each gets SIGKILL: one that was forking then is met by the next call.
 */
export function endGroups(folders: readonly string[]): void {
  for (const folder of folders) write(join(folder, 'pids.max'), '0');
  for (const folder of folders) {
    // A process of another pid namespace is told as 0.
    if (!write(join(folder, 'cgroup.kill'), '1')) members(folder).forEach(signal);
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
