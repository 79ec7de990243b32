// @ts-check
/** Compressed copies beside the files that browsers load: `app.js.br` and `app.js.gz` beside `app.js`. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { step } from './report.mjs';
import { root } from './run.mjs';
import { digest, isCurrent, setStamp } from './stamp.mjs';

const FOLDERS = ['apps/web/build', 'nle-wasm/out'].map((folder) => join(root, folder));
/** Folders of the engine's build that no browser sees. */
const OURS = ['twin', 'twin-asan'];
const TEXT = /\.(css|html|js|json|map|svg|txt|wasm)$/;
const COPY = /\.(br|gz)$/;
/** Below it, headers weigh more. */
const LEAST_BYTES = 1024;
/**
 * Up to here brotli takes its time: 0.6 s for the website's script, which is then 106 kB instead of 114. The engine (4.8 MB) would
 * take 7.3 s instead of 0.8 for 1.22 MB instead of 1.35.
 */
const SMALL_BYTES = 2 ** 20;

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !OURS.includes(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    })
    .sort();
}

/** Makes them anew when a file or a copy changed; copies of files that are gone go too. */
export async function compressFiles() {
  const all = FOLDERS.flatMap(filesIn);
  const value = () => digest([new URL(import.meta.url).pathname, ...FOLDERS.flatMap(filesIn)]);
  if (isCurrent('compressed', value())) return;
  await step('compressing what browsers load', async () => {
    await Promise.all(all.filter((path) => COPY.test(path)).map((path) => rm(path)));
    await Promise.all(all.filter((path) => TEXT.test(path)).map(compress));
  });
  setStamp('compressed', value());
}

/** @param {string} path */
async function compress(path) {
  const bytes = await readFile(path);
  if (bytes.length < LEAST_BYTES) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: bytes.length > SMALL_BYTES ? 9 : 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await write(`${path}.br`, await promisify(brotliCompress)(bytes, { params }));
  await write(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}

/**
 * Whole or not at all: a server may be reading.
 * @param {string} path
 * @param {Uint8Array} bytes
 */
async function write(path, bytes) {
  await writeFile(`${path}.new`, bytes);
  await rename(`${path}.new`, path);
}
