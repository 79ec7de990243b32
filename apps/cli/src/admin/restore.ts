import { parse, type Command } from '../command.ts';
import { EXIT } from '../program.ts';
import { err, out } from '../terminal/out.ts';
import { oneFile } from './backup.ts';
import { abortable, bar, serverFolder, withPersistence } from './place.ts';

const HELP = `Makes the local arena what it was when arena admin backup wrote the file. The
file is checked first; on any error the arena stays as it was.

usage: arena admin restore FILE [--data FOLDER] [--replace] [--json]

  --data FOLDER  the arena's folder, which may be a new one (default: ARENA_DATA,
                 else the checkout's .arena)
  --replace      also where there is an arena already, which is lost
  --json         one JSON document on standard output

Stop npm start and all workers first. A backup of an older checkout is brought up
to date; one of a newer checkout is refused. What was being played at the time of
the backup is played again.

Exit code: 0 once it is restored, 1 if not, 2 for a wrong call, 130 if stopped by
Ctrl-C.

  arena admin restore arena.backup
  arena admin restore arena.backup --data /srv/copy
  ARENA_DATA=/srv/copy PORT=8080 npm start`;

const OPTIONS = {
  data: { type: 'string' },
  replace: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  const file = oneFile(positionals);
  const directory = serverFolder(values.data);
  const progress = bar('restoring');
  const done = await withPersistence(({ embedded, backup }) =>
    abortable(async (signal) => {
      // Before a server is made for it.
      await backup.verifyBackup(file);
      const server = await embedded.startEmbeddedServer({ directory });
      try {
        const { url } = server;
        return await backup.restoreBackup({
          ...{ url, path: file, replace: values.replace, signal, progress: progress.show },
        });
      } finally {
        progress.end();
        await server.stop();
      }
    }),
  );
  if (done === null) {
    err('arena admin restore: stopped; the arena is as it was\n');
    return EXIT.stopped;
  }
  const { created, rows, migrated } = done;
  if (values.json) out(`${JSON.stringify({ file, created, rows, migrated }, null, 2)}\n`);
  else out(`restored the arena of ${created}: ${rows} rows. npm start serves it.\n`);
  return EXIT.ok;
}

export const RESTORE: Command = {
  name: 'restore',
  summary: 'make the local arena what it was at a backup',
  help: HELP,
  run,
};
