import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILLER = 'filler-of-a-test';

/** Whether this user may make file systems; else `what` is skipped, which is said whatever the reporter shows. */
export function canMount(what: string): boolean {
  const on = mkdtempSync(join(tmpdir(), 'arena-mount-test-'));
  const can = mountSmall(on, 1);
  if (can) unmount(on);
  else process.stderr.write(`skipped, since it needs a user who may mount: ${what}\n`);
  rmSync(on, { recursive: true });
  return can;
}

/** A file system in memory on a folder that is there; false where this user may make none. */
export function mountSmall(on: string, mebibytes: number): boolean {
  const options = ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=755`, 'none', on];
  return spawnSync('mount', options).status === 0;
}

/** Makes a file system read-only, or writable again. */
export function remount(on: string, how: 'ro' | 'rw'): void {
  const { status, stderr } = spawnSync('mount', ['-o', `remount,${how}`, on], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount: ${stderr}`);
}

/** Removes what {@link mountSmall} made, also while somebody uses it. */
export function unmount(on: string): void {
  spawnSync('umount', ['--lazy', on]);
}

/** Writes until there is no room left. */
export function fillDisk(folder: string, mebibytes: number): void {
  try {
    writeFileSync(join(folder, FILLER), Buffer.alloc((mebibytes + 1) * 2 ** 20));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return;
    throw error;
  }
  throw new Error(`${folder} has more room than ${mebibytes} MiB`);
}

/** Takes away what {@link fillDisk} wrote. */
export function freeDisk(folder: string): void {
  rmSync(join(folder, FILLER), { force: true });
}
