import { readFile, stat } from 'node:fs/promises';
import type { Engine } from '@arena/engine';
import { TAPE_LIMITS, TapeError, decodeTape, xlogfileFields, type Tape } from '@arena/tape';
import { CommandError, UsageError } from '../usage.ts';

/** Reads a tape. Rejects with TapeError that names the file, or Node's errors. */
export async function readTape(path: string): Promise<Tape> {
  // not even read into memory: a tape is small
  if ((await stat(path)).size > TAPE_LIMITS.file)
    throw new TapeError('too_large', `${path}: no tape is as large as this file`);
  try {
    return await decodeTape(await readFile(path));
  } catch (error) {
    if (!(error instanceof TapeError)) throw error;
    throw new TapeError(error.code, `${path}: ${error.message}`, { cause: error });
  }
}

/** The one file that a command works on. */
export function oneFile(positionals: readonly string[], what: string): string {
  const [path, ...more] = positionals;
  if (path === undefined) throw new UsageError(`which ${what}? Give its file`);
  if (more.length > 0) throw new UsageError(`one ${what} at a time, not ${positionals.length}`);
  return path;
}

/** Another engine would play another game without saying so. */
export function demandEngine(path: string, tape: Tape, engine: Engine): void {
  if (tape.engineId === engine.id) return;
  throw new CommandError(
    `${path} was recorded with engine ${tape.engineId.slice(0, 12)}, this is ${engine.id.slice(0, 12)}; ` +
      'use the edition that recorded it (arena engine verify tells whether this one plays the same game)',
  );
}

export const count = (value: number): string => value.toLocaleString('en-US');

/** How a taped game ended, in a few words. */
export function endWords({ end }: Pick<Tape, 'end'>): string {
  if (end.kind === 'open') return 'still going on';
  if (end.kind === 'fault') return 'ended by an engine fault';
  return (end.xlogfile === null ? undefined : xlogfileFields(end.xlogfile)['death']) ?? 'ended';
}
