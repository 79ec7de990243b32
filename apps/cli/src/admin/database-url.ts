import { parse, type Command } from '../command.ts';
import { EXIT } from '../program.ts';
import { out } from '../terminal/out.ts';
import { CommandError, UsageError } from '../usage.ts';
import { existingServerFolder, withPersistence } from './place.ts';

const HELP = `Prints the DATABASE_URL of the local arena while it runs: for a second worker on
this machine, or for psql. It holds the password.

usage: arena admin database-url [--data FOLDER] [--json]

  --data FOLDER  the arena's folder (default: ARENA_DATA, else the checkout's
                 .arena)
  --json         {"url": "postgres://…"}

The port may be another one after each start, so ask again then.

Exit code: 0, 1 if the arena does not run, 2 for a wrong call.

  DATABASE_URL=$(arena admin database-url) node apps/worker/dist/main.js`;

const OPTIONS = {
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  if (positionals.length > 0) throw new UsageError(`it takes no ${positionals.join(', ')}`);
  const directory = existingServerFolder(values.data);
  const url = await withPersistence(({ embedded }) => embedded.embeddedServerUrl(directory));
  if (url === null)
    throw new CommandError(
      `the local arena does not run, so that its database has no address: npm start starts it (${directory})`,
    );
  out(`${values.json ? JSON.stringify({ url }) : url}\n`);
  return EXIT.ok;
}

export const DATABASE_URL: Command = {
  name: 'database-url',
  summary: 'the DATABASE_URL for a second worker on this machine',
  help: HELP,
  run,
};
