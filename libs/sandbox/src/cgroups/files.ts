/** The kernel's control files, read and written as small texts. */
import { mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning } from '../processes.ts';
import { thisProcess } from '../this-process.ts';
import { readOr } from './read-or.ts';
import { endGroups } from './members.ts';

export { readOr } from './read-or.ts';

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

/** The name tells whose it is, so that the next worker ends what a dead one left. */
const NAME = /^arena-(\d+)-(\d+)-(\d+)-\d+$/;
/**
 * From the clock on, not from 0: a second copy of this module in the process, as each of Jest's files has one, would meet groups of the
 * first that the kernel still holds.
 */
let made = process.hrtime.bigint() / 1000n;
export const newName = (): string => {
  const { pid, startTime, namespace } = thisProcess();
  return `arena-${pid}-${startTime}-${namespace}-${made++}`;
};

/** Whether a group has such a name and its owner is dead. */
function isOrphaned(name: string): boolean {
  const [, pid, startTime, namespace] = (NAME.exec(name) ?? []).map(Number);
  if (pid === undefined || startTime === undefined || namespace === undefined) return false;
  // Of an owner in another container nothing is known here.
  return namespace === thisProcess().namespace && !isRunning({ pid, startTime });
}

/** The kernel counts a process as in its group until it is wholly gone, a moment after its parent knows. */
const TRIES = 200;
/** What could not be removed yet, though nothing runs in it: tried again with the next. */
let lingering: string[] = [];

export async function removeAll(folders: readonly string[]): Promise<boolean> {
  lingering = lingering.filter((folder) => !tryRemove(folder));
  let left = folders;
  for (let i = 0; i < TRIES && left.length > 0; i++) {
    if (i > 0) await delay(1);
    left = left.filter((folder) => !tryRemove(folder));
  }
  lingering.push(...left);
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

/** Ends what is in groups of dead owners, and removes those that are empty. Returns how many are left. */
export function sweepGroups(parent: string): number {
  const orphaned = readdirSync(parent)
    .filter(isOrphaned)
    .map((name) => join(parent, name));
  endGroups(orphaned);
  const left = orphaned.filter((folder) => !tryRemove(folder));
  // Who was in them is about to end.
  lingering.push(...left);
  return left.length;
}

/** Whether a group can be made here; one is, and goes again. */
export function usable(parent: string, wanted: readonly string[]): boolean {
  const folder = join(parent, newName());
  try {
    sweepGroups(parent);
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
