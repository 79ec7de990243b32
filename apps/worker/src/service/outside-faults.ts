/**
 * Faults from outside the evaluation: of this machine's disk and of the database. No agent can bring them about, so they use up
 * none of a shard's tries. What a shard itself fails with is never taken for the database's: a broken pipe may be an agent's.
 */
import { statfs } from 'node:fs/promises';
import { PlatformError, ShardAborted } from '@arena/evaluation';
import { isUnavailable } from '@arena/persistence';
import { writeTo } from './write-check.ts';

/** The database cannot be used at present. */
export class DatabaseGoneError extends PlatformError {
  override name = 'DatabaseGoneError';
}

/** This machine's disk takes no more, or it has no descriptor left. */
export class MachineFaultError extends PlatformError {
  override name = 'MachineFaultError';
}

/** Of the operating system: the disk is full, over its quota, read-only or broken; no descriptor is left here or on the machine. */
const MACHINE = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE']);
/** Control groups answer with the same codes, and what is in them may be an agent's doing. */
const KERNELS_OWN = /^\/(sys|proc)\//;
/** The same, in the words of a program that ended by it. Not the quota: that would be of the sandbox's user. */
const SAID = /\b(ENOSPC|EROFS|EIO)\b/;
/** Twice what an archive may unpack to: a disk with more to spare was not full. */
const ROOM_BYTES = 2 ** 30;

/** Runs what asks the database, and nothing else. Rejects with {@link DatabaseGoneError} where that cannot be used. */
export async function askDatabase<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    if (!isUnavailable(cause)) throw cause;
    throw new DatabaseGoneError(`the database cannot be used at present: ${messageOf(cause)}`, { cause });
  }
}

/**
 * What a program of the platform's failed with that wrote to `folder` from a sandbox. It read a stranger's archive, so its word
 * counts only if the disk is nearly full, or does not take a file of ours.
 */
export async function confirmed(error: unknown, folder: string): Promise<unknown> {
  const said = SAID.exec(messageOf(error))?.[1];
  if (said === undefined) return error;
  const { bavail, bsize } = await statfs(folder);
  const isFull = said === 'ENOSPC' && bavail * bsize < ROOM_BYTES;
  const broke =
    isFull ||
    (await writeTo({ 'the folder of agents': folder }).then(
      () => false,
      () => true,
    ));
  return broke ? new MachineFaultError(messageOf(error), { cause: error }) : error;
}

/** The error of this machine's disk or descriptors that an error is about; null: it is about something else. */
export function machineFault(error: unknown): Error | null {
  const seen = new Set<unknown>();
  for (let each = error; Error.isError(each) && !seen.has(each); each = each.cause) {
    seen.add(each);
    if (each instanceof DatabaseGoneError) return null;
    if (each instanceof MachineFaultError) return each;
    const { code, path = '', errors } = each as NodeJS.ErrnoException & { errors?: unknown };
    if (code !== undefined && MACHINE.has(code) && !KERNELS_OWN.test(path)) return each;
    for (const one of Array.isArray(errors) ? errors : []) {
      const found = machineFault(one);
      if (found) return found;
    }
  }
  return null;
}

/** Whether a shard's failure uses up one of its tries. */
export function usesUpTry(error: unknown): boolean {
  return !(error instanceof ShardAborted || error instanceof DatabaseGoneError || machineFault(error));
}

function messageOf(error: unknown): string {
  return Error.isError(error) ? error.message : String(error);
}
