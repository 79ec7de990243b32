/** What `npm start` and `npm run dev` run once everything is installed and built. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { neutralise } from '@arena/contracts';
import { freePort } from '@arena/persistence/embedded';
import { startArena, type Arena } from './arena.ts';
import { demoCompetition } from './competition.ts';
import { readConfig, readRun, type Config, type Run } from './config.ts';
import { openDatabase, type Database } from './database.ts';
import { startReload } from './dev.ts';
import { evaluateBaselines } from './evaluate.ts';
import { boardTable } from '@arena/report';
import { watchHealth } from './watch.ts';

const DEFAULT_PORT = 3000;
/** Services' last lines are among them, and these hold what strangers sent. */
const say = (line: string): boolean => process.stderr.write(`${neutralise(line)}\n`);

async function portFor(config: Config, { mode }: Run): Promise<number> {
  // Nobody has to know the port of a run that ends by itself, and a known one may belong to another arena.
  return mode === 'once' ? freePort({ host: config.host }) : (config.port ?? DEFAULT_PORT);
}

/** A terminal's Ctrl-C comes twice, by itself and handed on by npm; signals this close together are one. */
const SAME_SIGNAL_MS = 500;

/** Resolves when the run is told to end; told a second time, the process ends at once. */
function interrupted(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | null = null;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        first ??= Date.now();
        if (Date.now() - first > SAME_SIGNAL_MS) process.exit(128 + constants.signals[signal]);
        resolve(signal);
      });
    }
  });
}

async function evaluate(run: Run, arena: Arena): Promise<void> {
  say(`✓ serving on ${arena.url}`);
  const board = await evaluateBaselines(arena, run);
  if (run.json) process.stdout.write(`${JSON.stringify(board, null, 2)}\n`);
  else process.stdout.write(`\n${boardTable(board.rows)}\n`);
}

/** Resolves with true when all was done, with a signal when that came first. */
async function play(
  run: Run,
  config: Config,
  database: Database,
  stop: Promise<NodeJS.Signals>,
): Promise<true | NodeJS.Signals> {
  const arena = await startArena({
    config,
    databaseUrl: database.url,
    port: await portFor(config, run),
    watch: run.mode === 'dev',
  });
  const watching = new AbortController();
  try {
    if (run.mode === 'dev') startReload(arena, config);
    const broken = Promise.race([watchHealth(arena, database, say, watching.signal), arena.services.failed]);
    const done = await Promise.race([evaluate(run, arena).then(() => true as const), stop, broken]);
    if (done !== true || run.mode === 'once') return done;
    say(`\n✓ the board is live on ${arena.url} (Ctrl-C ends it all)`);
    say(
      `  agents are submitted to ${arena.url}/api/competitions/${demoCompetition(run.games).slug}/submissions`,
    );
    say(
      `  from this checkout: npx arena submit AGENT --server ${arena.url} --competition ${demoCompetition(run.games).slug}`,
    );
    return await Promise.race([stop, broken]);
  } finally {
    watching.abort();
    await arena.services.stop();
  }
}

async function main(argv: readonly string[]): Promise<number> {
  const run = readRun(argv);
  const config = readConfig(process.env, run.mode);
  const stop = interrupted();
  if (run.mode === 'once') removeLeftovers(config.data);
  const database = await openDatabase(config, run.mode === 'once');
  try {
    const end = await play(run, config, database, stop);
    if (config.work !== config.data) rmSync(config.work, { recursive: true, force: true });
    if (end === true) return 0;
    say(`\n· ${end}: stopped; what was under way goes on at the next start`);
    return run.mode === 'once' ? 128 + constants.signals[end] : 0;
  } finally {
    await database.release();
  }
}

/** Logs of runs that failed are kept until the next run; those of runs that still go on stay. */
function removeLeftovers(data: string): void {
  for (const name of readdirSync(data)) {
    const pid = /^once-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`))
      rmSync(join(data, name), { recursive: true, force: true });
  }
}

/** The messages of an error and its causes, each once: a wrapper often repeats what it wraps. */
function messages(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const rest = error.cause === undefined ? [] : messages(error.cause);
  return [error.message, ...rest.filter((text) => text !== '' && !error.message.includes(text))];
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(`arena: ${messages(error).join('\n  because: ')}`);
  process.exitCode = 1;
}
