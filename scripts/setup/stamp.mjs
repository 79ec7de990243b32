// @ts-check
/** Stamps: a step is skipped when what it is made of has not changed since it last succeeded. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root } from './run.mjs';

/** @param {string[]} parts texts and file paths (a path that exists is read) */
export function digest(parts) {
  const hash = createHash('sha256');
  for (const part of parts)
    hash
      .update(part)
      .update('\0')
      .update(existsSync(part) ? readFileSync(part) : '')
      .update('\0');
  return hash.digest('hex');
}

/** @param {string} name */
const stampPath = (name) => join(root, '.arena', 'stamps', name);

/**
 * @param {string} name
 * @param {string} value
 */
export function isCurrent(name, value) {
  const path = stampPath(name);
  return existsSync(path) && readFileSync(path, 'utf8') === value;
}

/**
 * @param {string} name
 * @param {string} value
 */
export function setStamp(name, value) {
  const path = stampPath(name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, value);
  renameSync(`${path}.new`, path);
}

/** Folders that are made, anywhere or at one place of the checkout. */
const BUILT_ANYWHERE = ['node_modules', 'dist', '.git', '.arena', '.cache'];
const BUILT_HERE = ['nle-wasm/out', 'apps/web/build'].map((folder) => join(root, folder));

/** @param {string} path */
const isBuilt = (path) => BUILT_ANYWHERE.includes(basename(path)) || BUILT_HERE.includes(path);

/**
 * All files under a folder, sorted, without the folders that are built.
 * @param {string} folder
 * @returns {string[]}
 */
export function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) return [path];
      return isBuilt(path) ? [] : filesUnder(path);
    })
    .sort();
}
