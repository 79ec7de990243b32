/**
 * Builds the engine once more, from nothing, in a folder of another name and length, in another time zone and locale,
 * and compares what comes out byte for byte with nle-wasm/out: `npm run build:engine -- --check-reproducible`.
 * `--json` prints the sums of both builds. Takes as long as a clean build, 45 to 75 s on two cores.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256OfFile } from './files.ts';
import { note } from './progress.ts';
import { TARBALL_NAME } from './settings.ts';

const RESULTS = ['engine.wasm', 'engine-step.wasm', 'engine.json', 'LICENSE'] as const;
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

type Sums = Readonly<Record<string, string>>;

function sumsOf(folder: string): Sums {
  return Object.fromEntries(
    RESULTS.map((name) => {
      const path = join(folder, name);
      return [name, existsSync(path) ? sha256OfFile(path) : 'missing'];
    }),
  );
}

/** The source that was fetched for the first build serves the second. */
function tarball(): Record<string, string> {
  const kept = join(ROOT, '.cache', TARBALL_NAME);
  return existsSync(kept) ? { ARENA_NETHACK_TARBALL: kept } : {};
}

async function buildElsewhere(folder: string): Promise<Sums> {
  const root = join(folder, 'another place', 'nle-wasm of a different length');
  for (const part of ['build', 'src', 'package.json'])
    cpSync(join(ROOT, part), join(root, part), { recursive: true });
  const child = spawn(process.execPath, [join(root, 'build', 'build.ts')], {
    cwd: '/',
    env: { ...process.env, ...tarball(), TZ: 'Pacific/Kiritimati', LC_ALL: 'C.UTF-8', HOME: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`the second build failed (exit code ${String(code)})`);
  return sumsOf(join(root, 'out'));
}

const folder = mkdtempSync(join(tmpdir(), 'arena-reproduce-'));
try {
  const first = sumsOf(join(ROOT, 'out'));
  const second = await buildElsewhere(folder);
  const different = RESULTS.filter((name) => first[name] === 'missing' || first[name] !== second[name]);
  for (const name of different) note(`${name} differs: ${String(first[name])} and ${String(second[name])}`);
  if (different.length === 0) note(`engine ${String(first['engine.wasm']).slice(0, 12)}: reproduced`);
  if (process.argv.includes('--json')) console.log(JSON.stringify({ first, second, different }));
  process.exitCode = different.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
