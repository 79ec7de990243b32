#!/usr/bin/env node
// @ts-check
/**
 * The entry of every npm script: plain Node without dependencies, since nothing is installed when it starts. It brings
 * the machine and the checkout up to date, then hands over to the compiled programs, which run on Node 24.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildEngine, compile, installDependencies, isInstalled } from './setup/install.mjs';
import { lockSetup } from './setup/lock.mjs';
import { checkMachine, checkPort, installPackages } from './setup/machine.mjs';
import { SetupError, elapsed, say } from './setup/report.mjs';
import { node, root, toolEnvironment } from './setup/run.mjs';
import { checkAll } from './check/all.mjs';
import { testAll } from './check/test.mjs';

const HELP = `NetHack Arena

  npm start                 set up, start everything, evaluate the bundled agents, serve http://localhost:3000
    -- --games N            games an agent in the demo competition (64)
    -- --once               evaluate in a database of its own, print the board and exit
    -- --json               with --once: the board as one JSON document on standard output
  npm test                  set up, then every test there is
  npm run dev               like npm start, with reload (website on http://localhost:5173)
  npm run check             format, lint, types, import boundaries, unit tests
  npm run golden -- PATH…   play recorded games and compare every observation
  npm run build             only set up and compile
  npm run build:engine      only the engine (ARENA_NETHACK_TARBALL=file: a tarball of NetHack 3.6.6 you have)

Settings by environment: PORT, HOST, DATABASE_URL (a PostgreSQL server instead of the embedded one).`;

/** @typedef {'engine' | 'play' | 'test'} PackageGroup */

/** @param {PackageGroup[]} groups */
async function setUp(groups) {
  checkMachine(isInstalled());
  const unlock = lockSetup();
  try {
    await installPackages(groups);
    await installDependencies();
    await buildEngine();
    await compile();
  } finally {
    unlock();
  }
}

/**
 * Replaces this process by a compiled program as far as Node can: streams, signals and exit code are its own.
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function handOver(args) {
  const child = spawn(node, args, { cwd: root, env: toolEnvironment(), stdio: 'inherit' });
  // Ctrl-C reaches the whole group by itself; a supervisor's SIGTERM only us.
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGINT', () => undefined);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

const demo = join(root, 'apps', 'demo', 'dist', 'main.js');

/**
 * The launcher reads its arguments itself, but only after minutes of set-up on a fresh machine: a slip of the finger is
 * told at once.
 * @param {string[]} args
 */
function checkStartArguments(args) {
  const games =
    args.find((_, i) => args[i - 1] === '--games') ??
    args.find((arg) => arg.startsWith('--games='))?.slice('--games='.length);
  if (games !== undefined && !/^[1-9]\d{0,3}$/.test(games)) {
    throw new SetupError(`--games ${games}:`, 'a whole number from 1 to 4096 is wanted.');
  }
  if (args.includes('--json') && !args.includes('--once')) {
    throw new SetupError('--json goes with --once:', 'without it the command goes on serving.');
  }
}

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  async start(args) {
    checkStartArguments(args);
    // --once takes any free port, since nobody has to know it.
    if (!args.includes('--once'))
      await checkPort(process.env['HOST'] ?? '127.0.0.1', process.env['PORT'] ?? '3000');
    await setUp(['engine', 'play']);
    say(`✓ ready after ${elapsed()} s`);
    return handOver([demo, 'start', ...args]);
  },
  async dev(args) {
    await checkPort(process.env['HOST'] ?? '127.0.0.1', process.env['PORT'] ?? '3000');
    await checkPort('127.0.0.1', '5173');
    await setUp(['engine', 'play']);
    return handOver([demo, 'dev', ...args]);
  },
  async test(args) {
    await setUp(['engine', 'play', 'test']);
    return testAll(args);
  },
  async check(args) {
    await setUp(['engine', 'play']);
    return checkAll(args);
  },
  async build() {
    await setUp(['engine', 'play']);
    return 0;
  },
  async 'build-engine'() {
    checkMachine(isInstalled());
    await installPackages(['engine']);
    await installDependencies();
    await buildEngine();
    return 0;
  },
  async golden(args) {
    await setUp(['engine']);
    return handOver([join(root, 'libs', 'engine', 'dist', 'golden', 'cli.js'), ...args]);
  },
};

const [name = 'help', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command || (args.includes('--help') && name !== 'golden')) {
  process.stdout.write(`${HELP}\n`);
  process.exitCode = command || name === 'help' ? 0 : 2;
} else {
  try {
    process.exitCode = await command(args);
  } catch (error) {
    const { code, path } = /** @type {NodeJS.ErrnoException} */ (error);
    if (error instanceof SetupError) say(`arena: ${error.message}`);
    else if (code === 'ENOSPC')
      say(`arena: The disk is full (${path ?? 'no path given'}). Make room and run the command again.`);
    else if (code === 'EACCES' || code === 'EROFS')
      say(
        `arena: ${path ?? 'A file'} cannot be written (${code}). Run the command in a checkout that belongs to you.`,
      );
    else throw error;
    process.exitCode = 1;
  }
}
