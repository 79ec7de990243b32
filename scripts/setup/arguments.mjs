// @ts-check
/** The command line of `npm start` and `npm run dev`, and their environment: a slip is told before minutes of set-up. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError } from './report.mjs';
import { root } from './run.mjs';

const GAMES_DEFAULT = 64;
/** The most games an agent that a competition may ask for. */
const GAMES_MAX = 4096;

/**
 * What apps/demo is told to do.
 * @typedef {object} Run
 * @property {'start' | 'once' | 'dev'} mode
 * @property {number} games an agent
 * @property {boolean} json
 * @property {string[]} [agents] names of bundled agents; without it all of them
 */

/**
 * @param {'start' | 'dev'} command
 * @param {string[]} args
 * @returns {Run}
 */
export function readRun(command, args) {
  const { once, games, json, agents } = parse(command, args);
  const text = games ?? String(GAMES_DEFAULT);
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1 || Number(text) > GAMES_MAX) {
    throw new SetupError(`--games ${text}:`, `a whole number from 1 to ${GAMES_MAX} is wanted.`);
  }
  if (json && !once)
    throw new SetupError('--json goes with --once:', 'without it the command goes on serving.');
  return {
    mode: command === 'dev' ? 'dev' : once ? 'once' : 'start',
    games: Number(text),
    json,
    ...(agents === undefined ? {} : { agents: readAgents(agents) }),
  };
}

/**
 * @param {string} text names with commas between
 * @returns {string[]}
 */
function readAgents(text) {
  const folder = join(root, 'agents', 'baselines');
  const known = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'arena.json')));
  const names = [...new Set(text.split(','))];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new SetupError(
    `--agents ${text}: there is no bundled agent "${unknown}".`,
    `Allowed, with commas between: ${known.join(', ')}. Agents of your own: npx arena submit, once it serves.`,
  );
}

/**
 * @param {'start' | 'dev'} command
 * @param {string[]} args
 * @returns {{ once: boolean, games: string | undefined, json: boolean, agents: string | undefined }}
 */
function parse(command, args) {
  const value = /** @type {const} */ ({ type: 'string' });
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  try {
    if (command === 'dev') {
      const { values } = parseArgs({ args, options: { games: value, agents: value } });
      return { games: values.games, agents: values.agents, once: false, json: false };
    }
    const options = { games: value, agents: value, once: flag, json: flag };
    const { games, agents, once, json } = parseArgs({ args, options }).values;
    return { games, agents, once, json };
  } catch (cause) {
    const [reason] = /** @type {Error} */ (cause).message.split('. ');
    throw new SetupError(
      `${reason?.replace(/\.$/, '')}.`,
      `Allowed: --games N, --agents NAMES${command === 'dev' ? '' : ', --once, --json'}; npm ${command === 'dev' ? 'run dev' : 'start'} -- --help tells more.`,
      { cause },
    );
  }
}

/**
 * Commands without arguments say so.
 * @param {string} name
 * @param {string[]} args
 */
export function refuseArguments(name, args) {
  if (args.length === 0) return;
  throw new SetupError(
    `npm run ${name} takes no arguments, and ${args.join(' ')} was given.`,
    'Leave it away.',
  );
}

/** DATABASE_URL must look like one; what it leads to is tried later. Its value may hold a password and is not shown. */
export function checkDatabaseUrl() {
  const text = process.env['DATABASE_URL'];
  if (text === undefined) return;
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return;
  throw new SetupError(
    'DATABASE_URL is no address of a PostgreSQL server.',
    'Set it to postgres://user:password@host:5432/database, or leave it away for the embedded server.',
  );
}
