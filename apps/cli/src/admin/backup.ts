import { parse, type Command } from '../command.ts';
import { sizeOf } from '../files.ts';
import { EXIT } from '../program.ts';
import { err, out } from '../terminal/out.ts';
import { UsageError } from '../usage.ts';
import { abortable, bar, existingServerFolder, withPersistence } from './place.ts';

const HELP = `Writes everything that the local arena knows into one file: competitions with
their seeds, submissions with their archives, games, tapes, and what waits to be
played. The arena may run meanwhile, or be stopped; the file holds one moment.

usage: arena admin backup FILE [--data FOLDER] [--force] [--json]

  FILE           is there whole or not at all; only its owner can read it, since
                 it holds seeds of games that are still to be played
  --data FOLDER  the arena's folder (default: ARENA_DATA, else the checkout's
                 .arena)
  --force        overwrite FILE
  --json         one JSON document on standard output

Not in it: the organiser's token (.arena/admin-token), and unpacked agents. An
arena on a PostgreSQL of your own is backed up with its pg_dump.

Exit code: 0 once the file is on the disk, 1 if not, 2 for a wrong call, 130 if
stopped by Ctrl-C.

  arena admin backup arena.backup`;

const OPTIONS = {
  data: { type: 'string' },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** The one FILE. Throws UsageError. */
export function oneFile(positionals: readonly string[]): string {
  const [file, ...more] = positionals;
  if (file === undefined || file === '') throw new UsageError('which file? Say FILE, such as arena.backup');
  if (more.length > 0) throw new UsageError(`one file at a time, not also ${more.join(', ')}`);
  return file;
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  const file = oneFile(positionals);
  const directory = existingServerFolder(values.data);
  const progress = bar('backing up');
  const done = await withPersistence(({ embedded, backup }) =>
    abortable(async (signal) => {
      const server = await embedded.startEmbeddedServer({ directory });
      try {
        const { url } = server;
        return await backup.writeBackup({
          ...{ url, path: file, overwrite: values.force, signal, progress: progress.show },
        });
      } finally {
        progress.end();
        await server.stop();
      }
    }),
  );
  if (done === null) {
    err('arena admin backup: stopped; nothing was written\n');
    return EXIT.stopped;
  }
  const { header, bytes, rows } = done;
  if (values.json)
    out(
      `${JSON.stringify({ file, bytes, rows, created: header.created, migrations: header.migrations }, null, 2)}\n`,
    );
  else out(`${file}: ${sizeOf(bytes)}, ${rows} rows. Keep it secret: it holds the games' seeds.\n`);
  return EXIT.ok;
}

export const BACKUP: Command = {
  name: 'backup',
  summary: 'write all of the local arena into a file, while it runs or not',
  help: HELP,
  run,
};
