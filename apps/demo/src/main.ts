/** What `npm start` and `npm run dev` run once everything is installed and built. */
import { createServer, type AddressInfo } from 'node:net';
import { readArguments, type Arguments } from './arguments.ts';
import { startArena, type Arena } from './arena.ts';
import { readConfig, type Config } from './config.ts';
import { openDatabase, type Database } from './database.ts';
import { startReload } from './dev.ts';
import { evaluateBaselines } from './evaluate.ts';
import { boardTable } from './table.ts';

const DEFAULT_PORT = 3000;
const say = (line: string): boolean => process.stderr.write(`${line}\n`);

/** A port that is free now; somebody could take it before we do, and the API would then say so. */
function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

async function portFor(config: Config, { mode }: Arguments): Promise<number> {
  // Nobody has to know the port of a run that ends by itself, and a known one may belong to another arena.
  return mode === 'once' ? freePort(config.host) : (config.port ?? DEFAULT_PORT);
}

/** Resolves at the first Ctrl-C or SIGTERM; at the second the process ends at once. */
function interrupted(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));
        resolve(signal);
      });
    }
  });
}

async function serve(args: Arguments, arena: Arena, stop: Promise<NodeJS.Signals>): Promise<void> {
  say(`✓ serving on ${arena.url}`);
  const board = await evaluateBaselines(arena, args.games);
  if (args.json) {
    process.stdout.write(`${JSON.stringify(board, null, 2)}\n`);
    return;
  }
  process.stdout.write(`\n${boardTable(board.rows)}\n`);
  if (args.mode === 'once') return;
  say(`\n✓ the board is live on ${arena.url} (Ctrl-C ends it all)`);
  await Promise.race([stop, arena.services.failed]);
}

async function main(argv: readonly string[]): Promise<number> {
  const args = readArguments(argv);
  const config = readConfig(process.env);
  const stop = interrupted();
  let database: Database | undefined;
  let arena: Arena | undefined;
  try {
    database = await openDatabase(config, args.mode === 'once');
    arena = await startArena({
      config,
      databaseUrl: database.url,
      port: await portFor(config, args),
      watch: args.mode === 'dev',
    });
    if (args.mode === 'dev') startReload(arena, config);
    const signal = await Promise.race([serve(args, arena, stop).then(() => null), stop]);
    if (signal === null) return 0;
    say(`\n· ${signal}: stopping; what is under way goes on at the next start`);
    return args.mode === 'once' ? 130 : 0;
  } finally {
    await arena?.services.stop();
    await database?.release();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(`arena: ${error instanceof Error ? error.message : String(error)}`);
  if (error instanceof Error && error.cause instanceof Error) say(`  because: ${error.cause.message}`);
  process.exitCode = 1;
}
