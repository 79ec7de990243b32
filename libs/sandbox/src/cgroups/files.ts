/** The kernel's control files, read and written as small texts. */
import { mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return otherwise;
  }
}

/** A control file that older kernels or other set-ups do not have. */
export function writeIfThere(path: string, value: string | number): void {
  try {
    writeFileSync(path, String(value));
  } catch {
    // Without it a limit is less strict, never absent: those that must be are written by writeFileSync.
  }
}

/** `name 12` lines, as in memory.events and cpu.stat. */
export function figure(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}

/** The name tells whose it is, so that the next worker removes what a dead one left. */
export const NAME = /^arena-(\d+)-\d+$/;
let made = 0;
export const newName = (): string => `arena-${process.pid}-${made++}`;

/** The kernel counts a process as in its group until it is wholly gone, a moment after its parent knows. */
const TRIES = 200;

export async function removeAll(folders: readonly string[]): Promise<boolean> {
  let left = folders;
  for (let i = 0; i < TRIES && left.length > 0; i++) {
    if (i > 0) await delay(1);
    left = left.filter((folder) => !tryRemove(folder));
  }
  return left.length === 0;
}

function tryRemove(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/** Whether a group can be made here; one is, and goes again. Sweeps those of processes that died. */
export function usable(parent: string, wanted: readonly string[]): boolean {
  const folder = join(parent, newName());
  try {
    for (const name of readdirSync(parent)) {
      const pid = NAME.exec(name)?.[1];
      if (pid !== undefined && readOr(`/proc/${pid}/stat`, '') === '') tryRemove(join(parent, name));
    }
    mkdirSync(folder);
    return wanted.every((file) => readOr(join(folder, file), '\0') !== '\0');
  } catch {
    return false;
  } finally {
    tryRemove(folder);
  }
}

/**
 * Has the kernel begin the grace period that moving a process needs, by moving this one to where it is: a thread of Node's
 * waits for it, nobody else. Where that is not allowed, the move itself waits.
 */
export async function graceIn(own: string): Promise<void> {
  await writeFile(join(own, 'cgroup.procs'), String(process.pid)).catch(() => undefined);
}
