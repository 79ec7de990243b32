import { realpathSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const CHECKOUT = fileURLToPath(new URL('../../../', import.meta.url));
const PROGRAM = join(CHECKOUT, 'apps/cli/bin/arena.js');
/** npm and npx put these before the PATH of whoever calls them. */
const NPM_ONLY = /[/\\]node_modules[/\\]\.bin[/\\]?$/;

/**
 * The words that run this very program where it runs now: `arena` where the shell finds it by that name, `npx arena` in the checkout, else
 * the program's path. Elsewhere `npx arena` would fetch a package of that name which is not ours.
 */
export function calledAs(path = process.env['PATH'] ?? '', folder = process.cwd()): string {
  const first = path
    .split(delimiter)
    .filter((place) => place !== '' && !NPM_ONLY.test(place))
    .map((place) => real(join(place, 'arena')))
    .find((program) => program !== null);
  if (first === real(PROGRAM)) return 'arena';
  const inside = relative(real(CHECKOUT) ?? CHECKOUT, real(folder) ?? folder);
  if (!inside.startsWith('..')) return 'npx arena';
  return quoted(PROGRAM);
}

/** As a shell reads it. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

function real(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
