#!/usr/bin/env node
// @ts-check
/**
 * The entry of every npm script: plain Node without dependencies, since nothing is installed when it starts. It brings
 * the machine and the checkout up to date, then hands over to the compiled programs, which run on Node 24.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import {
  buildEngine,
  buildSanitizedTwin,
  buildTwin,
  compile,
  installDependencies,
  isInstalled,
} from './setup/install.mjs';
import { compressFiles } from './setup/compress.mjs';
import { checkDatabaseUrl, readRun, refuseArguments } from './setup/arguments.mjs';
import { lockArena, lockSetup } from './setup/lock.mjs';
import { checkMachine, checkPort, installPackages } from './setup/machine.mjs';
import { putOnPath } from './setup/path.mjs';
import { SetupError, elapsed, say, step } from './setup/report.mjs';
import { node, root, tied, toolEnvironment } from './setup/run.mjs';
import { checkAll } from './check/all.mjs';
import { testAll } from './check/test.mjs';

const HELP = `NetHack Arena

  npm start                 set up, start everything, evaluate the bundled agents, serve http://localhost:3000
    -- --games N            games an agent in the demo competition (64)
    -- --agents NAMES       only these bundled agents, e.g. random,explorer
    -- --once               evaluate in a database of its own, print the board and exit
    -- --json               with --once: the board as one JSON document on standard output
  npm test                  set up, then every test there is
  npm run dev               like npm start, with reload (website on http://localhost:5173)
    -- --games N, --agents NAMES
  npm run check             format, lint, types, import boundaries, unit tests
  npm run golden -- PATH…   play recorded games and compare every observation
  npm run fuzz -- --keys N  play random keys and look for traps, leaks and games that differ
    -- --native             the same keys natively under AddressSanitizer
  npm run fuzz:protocol     random and mutated output of agents for the reader of answers (-- --frames N)
  npm run fuzz:inputs       made-up archives, manifests, requests, messages, tapes, recordings (-- --count N)
    -- --kind NAMES, --seed N, --json
  npm run tapes             play many games with a node agent on all processors, without sandbox
    -- --out FOLDER         keep their tapes; the table is by role, depth and cause of death
  npm run tournament        the bundled agents on the same 512 games, as a server plays them (-- --games N)
    -- --docs               write the report to docs/BASELINES.md; --check holds the agents to their bounds
    -- --compare FILE       play games of a report again and tell which came out differently
  npm run release:check     whether the committed report and training belong to today's engine and agents
  npm run train:cloner      train the baseline cloner anew: a neural network, from explorer's games
  npm run bench:abuse       what an honest visitor has of the server while another floods it
  npm run bench:engine      speed of the engine against the same port compiled for this machine
  npm run bench:tape        size of tapes, cost of their digests, seeking
  npm run bench:agents      what a step and a start cost an agent, by runtime
  npm run bench:gamblers    agents that lose the games they dislike, and what they have of it
    -- --games N, --load N  games of each (200), programs beside that never wait (0)
  npm run bench:sandbox     start of a sandbox, its cost a step, 500 in a row without a leak
    -- --json, --check      of each: one JSON document; fail if a figure misses its bound
  npm run build             only set up and compile
  npm run path              makes arena a command of your shell (-- --to FOLDER; -- --remove takes it away)
  npm run build:engine      only the engine (ARENA_NETHACK_TARBALL=file: a tarball of NetHack 3.6.6 you have)
    -- --check-reproducible build it again in another folder and compare byte for byte

Settings by environment: PORT, HOST, DATABASE_URL (a PostgreSQL server instead of the embedded one),
ARENA_DATA (a folder for data and logs instead of .arena), DEV_PORT (the website of npm run dev).`;

/** @typedef {'engine' | 'play' | 'sanitize' | 'train' | 'twin' | 'wasm' | 'test'} PackageGroup */

/** @param {PackageGroup[]} groups */
async function setUp(groups) {
  checkMachine(isInstalled());
  const unlock = lockSetup();
  try {
    await installPackages(groups);
    await installDependencies();
    await buildEngine();
    if (groups.includes('sanitize')) await buildSanitizedTwin();
    if (groups.includes('twin')) await buildTwin();
    await compile();
    await compressFiles();
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
  // Ctrl-C reaches the whole group by itself, a supervisor's signal only us: programs take the two for one. We listen before it
  // starts: on a busy machine it can be at work before this process goes on.
  for (const signal of ENDING) process.on(signal, () => child.kill(signal));
  const child = spawn(...tied(node, args), { cwd: root, env: toolEnvironment(), stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  });
}

const ENDING = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const REPRODUCE = '--check-reproducible';

const demo = join(root, 'apps', 'demo', 'dist', 'main.js');

/** Services of an arena that was killed get this long to hand their games back and give up the port. */
const LEFT_BEHIND_MS = 40_000;

/**
 * Claims data and ports for an arena that serves.
 * @param {[variable: string, host: string, port: string][]} ports
 */
async function claim(ports) {
  const [[, host, port] = ['', '', '']] = ports;
  const { leftBehind } = lockArena(`http://${host}:${port}`);
  const check = async () => {
    for (const [variable, address, number] of ports)
      await checkPort(address, number, variable, leftBehind ? LEFT_BEHIND_MS : 0);
  };
  if (leftBehind) await step('waiting for what a killed arena left', check);
  else await check();
}

const host = process.env['HOST'] ?? '127.0.0.1';
const port = process.env['PORT'] ?? '3000';
const devPort = process.env['DEV_PORT'] ?? '5173';

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  async start(args) {
    const run = readRun('start', args);
    checkDatabaseUrl();
    // --once takes any free port, since nobody has to know it, and keeps to data of its own.
    if (run.mode !== 'once') await claim([['PORT', host, port]]);
    await setUp(['engine', 'play']);
    say(`✓ ready after ${elapsed()} s`);
    return handOver([demo, JSON.stringify(run)]);
  },
  async dev(args) {
    const run = readRun('dev', args);
    checkDatabaseUrl();
    await claim([
      ['PORT', host, port],
      ['DEV_PORT', '127.0.0.1', devPort],
    ]);
    await setUp(['engine', 'play']);
    return handOver([demo, JSON.stringify(run)]);
  },
  async test(args) {
    // With arguments only these tests run; most need no twin, which takes a minute or two after each change of the engine.
    const sanitized = args.length === 0 || args.some((arg) => arg.includes('engine'));
    await setUp([
      'engine',
      'play',
      'wasm',
      'train',
      'test',
      ...(sanitized ? [/** @type {const} */ ('sanitize')] : []),
    ]);
    return testAll(args);
  },
  async check(args) {
    await setUp(['engine', 'play']);
    return checkAll(args);
  },
  async build(args) {
    refuseArguments('build', args);
    await setUp(['engine', 'play']);
    return 0;
  },
  path(args) {
    say(putOnPath(args));
    return Promise.resolve(0);
  },
  async 'build-engine'(args) {
    const [flag, ...rest] = args.filter((arg) => arg !== '--json');
    if ((flag ?? REPRODUCE) !== REPRODUCE || rest.length > 0)
      throw new SetupError(`${args.join(' ')}:`, `${REPRODUCE} and --json are all that build:engine takes.`);
    checkMachine(isInstalled());
    await installPackages(['engine']);
    await installDependencies();
    await buildEngine();
    return flag === undefined ? 0 : handOver([join(root, 'nle-wasm', 'build', 'reproduce.ts'), ...args]);
  },
};

/**
 * Compiled programs that read their arguments and --help themselves: what they need set up, and where they lie.
 * A flag may want more; `command` comes before the arguments.
 * @type {Record<string, { groups: PackageGroup[], path: string, command?: string, flags?: Record<string, PackageGroup> }>}
 */
const PROGRAMS = {
  golden: {
    groups: ['engine'],
    path: 'libs/engine/dist/golden/cli.js',
    flags: { twin: 'twin', '--way=twin': 'twin' },
  },
  fuzz: { groups: ['engine'], path: 'libs/engine/dist/fuzz/cli.js', flags: { '--native': 'sanitize' } },
  'bench:abuse': { groups: ['play'], path: 'apps/api/dist/bench/abuse.js' },
  'bench:agents': { groups: ['engine', 'play', 'wasm'], path: 'libs/evaluation/dist/bench/main.js' },
  'bench:gamblers': { groups: ['play'], path: 'libs/evaluation/dist/gamblers/cli.js' },
  'bench:engine': { groups: ['engine', 'twin'], path: 'libs/engine/dist/bench/cli.js' },
  tapes: { groups: ['engine'], path: 'libs/evaluation/dist/rehearsal/cli.js' },
  tournament: { groups: ['engine', 'play'], path: 'apps/cli/dist/main.js', command: 'tournament' },
  'release:check': { groups: ['engine', 'play'], path: 'apps/cli/dist/release/main.js' },
  'train:cloner': { groups: ['engine', 'play', 'train'], path: 'libs/evaluation/dist/cloning/cli.js' },
  'bench:sandbox': { groups: ['play'], path: 'libs/sandbox/dist/bench/main.js' },
  'fuzz:protocol': { groups: ['engine'], path: 'libs/protocol/dist/fuzz/cli.js' },
  'fuzz:inputs': { groups: ['engine', 'play'], path: 'test/dist/inputs/cli.js' },
  'bench:tape': { groups: ['engine'], path: 'libs/tape/dist/bench/cli.js' },
};
for (const [program, { groups, path, command: own, flags = {} }] of Object.entries(PROGRAMS)) {
  commands[program] = async (args) => {
    const more = Object.entries(flags).flatMap(([flag, group]) => (args.includes(flag) ? [group] : []));
    // Help does not wait for other builds of the engine, which take minutes.
    const isHelp = args.includes('--help') || args.includes('-h');
    await setUp([...groups, ...more].filter((group) => !isHelp || group === 'engine' || group === 'play'));
    return handOver([join(root, path), ...(own === undefined ? [] : [own]), ...args]);
  };
}

const [name = 'help', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command || (args.includes('--help') && !(name in PROGRAMS))) {
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
