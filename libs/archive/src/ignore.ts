/** Which files of a folder are no part of an agent: `.arenaignore`, in the manner of .gitignore. */

/** What tools leave behind. A line each, as in `.arenaignore`. */
export const IGNORED_BY_DEFAULT = [
  '.git/',
  '.hg/',
  '.svn/',
  '.arenaignore',
  '.DS_Store',
  '__pycache__/',
  '*.pyc',
  '.pytest_cache/',
  '.mypy_cache/',
  '.ruff_cache/',
  '.venv/',
  'node_modules/.cache/',
] as const;

interface Rule {
  readonly pattern: RegExp;
  readonly foldersOnly: boolean;
  /** `!pattern`: what earlier lines ignore is taken after all. */
  readonly taken: boolean;
}

/** Says of a path inside the folder, joined by `/`, whether it is left out. The last line that fits decides. */
export type Ignore = (path: string, isFolder: boolean) => boolean;

/**
 * Reads lines of an ignore file: `#` comments, `*`, `?` and `**`, a `/` at the end for folders only, a `/` elsewhere for
 * paths from the top, `!` for what is taken after all.
 */
export function ignoreOf(lines: readonly string[]): Ignore {
  const rules = lines.flatMap((line) => ruleOf(line));
  return (path, isFolder) => {
    const last = rules.findLast(
      ({ pattern, foldersOnly }) => (isFolder || !foldersOnly) && pattern.test(path),
    );
    return last !== undefined && !last.taken;
  };
}

function ruleOf(line: string): Rule[] {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return [];
  const taken = text.startsWith('!');
  const body = taken ? text.slice(1) : text;
  const foldersOnly = body.endsWith('/');
  const path = body.replace(/\/+$/, '').replace(/^\/+/, '');
  if (path === '') return [];
  const fromTop = body.startsWith('/') || path.includes('/');
  return [
    { pattern: new RegExp(`^${fromTop ? '' : '(?:.*/)?'}${expression(path)}$`, 'su'), foldersOnly, taken },
  ];
}

function expression(glob: string): string {
  return glob.replace(/\*\*\/|\/\*\*$|\*+|\?|[\\^$.|+()[\]{}/-]/g, (found) => {
    if (found === '**/') return '(?:.*/)?';
    if (found === '/**') return '/.*';
    if (found.startsWith('*')) return '[^/]*';
    if (found === '?') return '[^/]';
    return found === '-' ? '-' : `\\${found}`;
  });
}
