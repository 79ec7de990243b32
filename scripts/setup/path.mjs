// @ts-check
/** `npm run path`: makes `arena` a command of the shell, by a link to the one of this checkout; `-- --remove` takes it away. */
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { SetupError } from './report.mjs';
import { root } from './run.mjs';

const PROGRAM = join(root, 'apps', 'cli', 'bin', 'arena.js');
/** Where every checkout keeps its program: a link to it is one of ours. */
const OURS = /[/\\]apps[/\\]cli[/\\]bin[/\\]arena\.js$/;

/** @param {string} folder */
function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** For all users where this one may write there, else for this user alone. */
const usualFolder = () =>
  isWritable('/usr/local/bin') ? '/usr/local/bin' : join(homedir(), '.local', 'bin');

/**
 * @param {string} link
 * @returns {'none' | 'ours' | 'foreign'}
 */
function whatIs(link) {
  const found = lstatSync(link, { throwIfNoEntry: false });
  if (found === undefined) return 'none';
  if (!found.isSymbolicLink()) return 'foreign';
  // one whose checkout is gone leads nowhere, and is of no use to anybody
  return !existsSync(link) || OURS.test(realpathSync(link)) ? 'ours' : 'foreign';
}

/**
 * @param {string[]} args
 * @returns {string} what was done, a sentence
 */
export function putOnPath(args) {
  const remove = args.includes('--remove');
  const rest = args.filter((arg) => arg !== '--remove');
  const [flag, to, ...more] = rest;
  if ((flag !== undefined && flag !== '--to') || (flag === '--to' && to === undefined) || more.length > 0)
    throw new SetupError(
      `${args.join(' ')}:`,
      'Only --remove and --to FOLDER are known (npm run path -- --to FOLDER).',
    );
  const folder = to === undefined ? usualFolder() : resolve(to);
  const link = join(folder, 'arena');
  const there = whatIs(link);
  if (there === 'foreign')
    throw new SetupError(
      `${link} is another program.`,
      'Nothing was changed: choose another folder by npm run path -- --to FOLDER.',
    );
  if (there === 'ours') rmSync(link);
  if (remove) return there === 'ours' ? `${link} is removed.` : `There is no ${link}.`;
  mkdirSync(folder, { recursive: true });
  symlinkSync(PROGRAM, link);
  const isOnPath = (process.env['PATH'] ?? '').split(delimiter).includes(folder);
  const hint = isOnPath ? '' : ` ${folder} is not on your PATH yet: export PATH="${folder}:$PATH"`;
  return `arena is now ${link}; npm run path -- --remove takes it away.${hint}`;
}
