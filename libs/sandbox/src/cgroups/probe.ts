import type { Cells } from './cell.ts';
import { readOr } from './files.ts';
import { hierarchies } from './hierarchies.ts';
import { versionOne } from './version-1.ts';
import { versionTwo } from './version-2.ts';

/** What this machine has, the newest first; null: limits are held by rlimits and the watchdog alone. */
export function probeCells(): Cells | null {
  const found = hierarchies(readOr('/proc/self/mountinfo', ''), readOr('/proc/self/cgroup', ''));
  return versionTwo(found) ?? versionOne(found);
}
