/** Where the local arena's data lie, and what its database's errors are to a person. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Backup from '@arena/persistence/backup';
import type * as Embedded from '@arena/persistence/embedded';
import { CommandError } from '../usage.ts';

/** Of `npm start`, which reads ARENA_DATA from the checkout's top too. */
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** The folder of the embedded PostgreSQL; `data` is what `--data` says. */
export function serverFolder(data: string | undefined): string {
  const folder = data === undefined ? resolve(ROOT, process.env['ARENA_DATA'] ?? '.arena') : resolve(data);
  return join(folder, 'postgres');
}

/** Throws CommandError where there is no arena. */
export function existingServerFolder(data: string | undefined): string {
  const folder = serverFolder(data);
  if (!existsSync(folder))
    throw new CommandError(
      `there is no local arena in ${join(folder, '..')}: npm start makes one, --data FOLDER names another. One on a PostgreSQL of your own (DATABASE_URL) is backed up with its pg_dump`,
    );
  return folder;
}

/** Runs what needs the database's code, which other commands do not wait for. Throws CommandError for what people can mend. */
export async function withPersistence<T>(
  work: (parts: { embedded: typeof Embedded; backup: typeof Backup }) => Promise<T>,
): Promise<T> {
  const [embedded, backup] = await Promise.all([
    import('@arena/persistence/embedded'),
    import('@arena/persistence/backup'),
  ]);
  try {
    return await work({ embedded, backup });
  } catch (error) {
    if (error instanceof backup.BackupError || error instanceof embedded.EmbeddedServerError)
      throw new CommandError(error.message, { cause: error });
    throw error;
  }
}

/** Runs work that Ctrl-C and SIGTERM abort; null if one did. */
export async function abortable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await work(stopping.signal);
  } catch (error) {
    if (stopping.signal.aborted) return null;
    throw error;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

const WIDTH = 30;

/** A bar on a terminal that nothing else is written to; nothing elsewhere. */
export function bar(what: string): { show: (share: number) => void; end: () => void } {
  const shown = process.stderr.isTTY;
  let last = '';
  return {
    show: (share) => {
      const full = Math.round(share * WIDTH);
      const line = `${what} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${Math.floor(share * 100)} %`;
      if (shown && line !== last) process.stderr.write(`\r${line}`);
      last = line;
    },
    end: () => {
      if (shown) process.stderr.write('\r\x1b[K');
    },
  };
}
