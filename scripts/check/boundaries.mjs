// @ts-check
/**
 * Holds each folder to what its `boundaries.json` says it may import: packages by name (`node:` for Node's own), and
 * for folders inside a package which sibling folders. A folder without such a file is held to its nearest parent's.
 * Deny by default: what is not listed is refused.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { root } from '../setup/run.mjs';
import { filesUnder } from '../setup/stamp.mjs';

/**
 * @typedef {{ folder: string, imports: string[], tests: string[] }} Rule
 * A rule's `imports` are allowed everywhere under its folder, its `tests` also in `*.spec.ts` files and `testing/` folders.
 */

/**
 * The rule for a file: the nearest boundaries.json at or above its folder.
 * @param {string} file
 * @param {string} top
 * @returns {Rule | null}
 */
function ruleFor(file, top) {
  for (let folder = dirname(file); folder.startsWith(top); folder = dirname(folder)) {
    const path = join(folder, 'boundaries.json');
    if (existsSync(path)) return { folder, tests: [], ...JSON.parse(readFileSync(path, 'utf8')) };
    if (folder === top) break;
  }
  return null;
}

/**
 * The package name in an import specifier: `@scope/name/x` → `@scope/name`, `node:fs` → `node:`.
 * @param {string} specifier
 */
function packageOf(specifier) {
  if (specifier.startsWith('node:')) return 'node:';
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

/**
 * @param {string} top the folder to check
 * @returns {string[]} one sentence a breach
 */
export function findBreaches(top) {
  const breaches = [];
  for (const file of filesUnder(top)) {
    if (!/\.tsx?$/.test(file)) continue;
    const rule = ruleFor(file, top);
    const name = relative(top, file);
    if (!rule) {
      breaches.push(`${name}: no boundaries.json at or above this file says what it may import`);
      continue;
    }
    const isTest = /\.spec\.tsx?$/.test(file) || file.includes('/testing/');
    const allowed = new Set(
      isTest ? [...rule.imports, ...rule.tests, '@jest/globals', 'node:'] : rule.imports,
    );
    for (const { fileName: specifier } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
      if (specifier.startsWith('.')) {
        const target = resolve(dirname(file), specifier);
        const inside = relative(rule.folder, target);
        if (!inside.startsWith('..')) continue;
        const wanted = relative(top, target);
        if (![...allowed].some((entry) => wanted === entry || wanted.startsWith(`${entry}/`))) {
          breaches.push(
            `${name}: imports ${wanted}, which lies outside ${relative(top, rule.folder)} and is not in its boundaries.json`,
          );
        }
      } else if (!allowed.has(packageOf(specifier))) {
        breaches.push(
          `${name}: imports ${packageOf(specifier)}, which ${relative(top, rule.folder)}/boundaries.json does not allow`,
        );
      }
    }
  }
  return breaches;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const breaches = findBreaches(root);
  for (const breach of breaches) process.stdout.write(`${breach}\n`);
  process.stdout.write(
    breaches.length === 0 ? 'import boundaries hold\n' : `${breaches.length} imports cross a boundary\n`,
  );
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
