// @ts-check
/** Child processes of the set-up: quiet while all is well, their last lines in the error where not. */
import { spawn } from 'node:child_process';
import { accessSync, constants as access, existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from './report.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Node 24 of the `node` package; a machine's own Node starts only this set-up. */
export const node = join(root, 'node_modules', 'node', 'bin', 'node');

/** A failure is told in its first lines by npm, in its last ones by compilers. */
const KEPT_LINES = { first: 12, last: 20 };

/** @param {string} text */
function shorten(text) {
  const lines = text.trim().split('\n');
  const { first, last } = KEPT_LINES;
  if (lines.length <= first + last) return lines.join('\n');
  return [...lines.slice(0, first), `… ${lines.length - first - last} lines …`, ...lines.slice(-last)].join(
    '\n',
  );
}

/** @returns {NodeJS.ProcessEnv} the environment with the project's own programs first on the path */
export function toolEnvironment() {
  const bins = [join(root, 'node_modules', 'node', 'bin'), join(root, 'node_modules', '.bin')];
  return { ...process.env, PATH: [...bins, process.env['PATH'] ?? ''].join(delimiter) };
}

/**
 * Where a program of the system's is on the path, or null; a file with a whole path is looked for there. What packages of npm
 * bring (binaryen's wasm-opt among it, in another version than Debian's) does not count.
 * @param {string} program
 */
export function find(program) {
  if (isAbsolute(program)) return existsSync(program) ? program : null;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder.endsWith(join('node_modules', '.bin'))) continue;
    const path = join(folder, program);
    try {
      accessSync(path, access.X_OK);
      return path;
    } catch {
      // Not in this folder: the next one.
    }
  }
  return null;
}

const setpriv = find('setpriv');

/**
 * A command line whose process is told to stop (SIGTERM) when we are gone, even by SIGKILL: nothing is left behind that
 * would hold ports and files of the next start. `setpriv` is of Debian's util-linux, which every system has.
 * @param {string} command
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
export function tied(command, args) {
  return setpriv === null ? [command, args] : [setpriv, ['--pdeathsig', 'TERM', '--', command, ...args]];
}

/**
 * How a process ended, for people.
 * @param {number} code as `run` gives it
 */
export function ending(code) {
  if (code <= 128) return `code ${code}`;
  const [name] = Object.entries(constants.signals).find(([, number]) => number === code - 128) ?? [
    'a signal',
  ];
  return name === 'SIGKILL' ? 'SIGKILL (killed from outside; perhaps for want of memory)' : name;
}

/** What is told to stop and does not gets this long before it is killed. */
const GRACE_MS = 5_000;

/**
 * @typedef {object} RunOptions
 * @property {'quiet' | 'stderr' | 'inherit'} [output] quiet: kept, and shortened in `told`; stderr: both streams to
 *   ours, as they come; inherit: untouched
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [tied] ends when we are gone; true unless said otherwise
 */

/**
 * Runs a program to its end and gives its exit code; a signal counts as 128 and its number, as in a shell.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, told: string }>}
 */
export function run(command, args, options = {}) {
  const output = options.output ?? 'quiet';
  const piped = output === 'quiet';
  return new Promise((resolve, reject) => {
    const [program, rest] = options.tied === false ? [command, args] : tied(command, args);
    // A set-up that is told to stop takes its tools along: an npm left behind would fight with the next start's. We listen before
    // it starts: on a busy machine it can be at work before this process goes on.
    const stop = (/** @type {NodeJS.Signals} */ signal) => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
      child.once('exit', () => process.exit(128 + constants.signals[signal]));
    };
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.once(signal, stop);
    const child = spawn(program, rest, {
      cwd: root,
      env: options.env ?? toolEnvironment(),
      stdio: piped ? ['ignore', 'pipe', 'pipe'] : output === 'stderr' ? ['ignore', 2, 2] : 'inherit',
    });
    child.once('close', () => {
      for (const signal of signals) process.removeListener(signal, stop);
    });
    let told = '';
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      told += chunk.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => {
      reject(
        new SetupError(
          `${command} could not be started (${error.message}).`,
          'Install it, or mend the path, and run the command again.',
          { cause: error },
        ),
      );
    });
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'], told: shorten(told) }),
    );
  });
}
