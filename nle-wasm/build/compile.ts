import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256, sha256OfFile, writeWhole } from './files.ts';
import { Progress } from './progress.ts';
import { inParallel, run } from './run.ts';
import type { Toolchain } from './toolchain.ts';

export interface CompileJob {
  /** What the progress line calls it. */
  readonly name: string;
  readonly source: string;
  readonly object: string;
  readonly flags: readonly string[];
}

interface Stamp {
  readonly command: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly object: string;
}

const hashes = new Map<string, string>();

/** Headers are shared by 120 objects: each file is read once a build. */
function hashOf(path: string): string {
  const known = hashes.get(path);
  if (known !== undefined) return known;
  const hash = existsSync(path) ? sha256OfFile(path) : 'missing';
  hashes.set(path, hash);
  return hash;
}

/** Generated headers change during a build. */
export function forgetHashes(): void {
  hashes.clear();
}

function commandHash(toolchain: Toolchain, job: CompileJob): string {
  return sha256([toolchain.fingerprint, ...job.flags].join('\0'));
}

function isFresh(toolchain: Toolchain, job: CompileJob): boolean {
  const path = `${job.object}.json`;
  if (!existsSync(path) || !existsSync(job.object)) return false;
  const stamp = JSON.parse(readFileSync(path, 'utf8')) as Stamp;
  return (
    stamp.command === commandHash(toolchain, job) &&
    Object.entries(stamp.inputs).every(([input, hash]) => hashOf(input) === hash) &&
    stamp.object === sha256OfFile(job.object)
  );
}

function dependencies(makeRule: string): string[] {
  return makeRule
    .slice(makeRule.indexOf(':') + 1)
    .replaceAll('\\\n', ' ')
    .split(/(?<!\\)\s+/)
    .filter((path) => path !== '')
    .map((path) => path.replaceAll('\\ ', ' '));
}

/** Compiles one file; the stamp beside the object lists every file that went into it. */
async function compile(toolchain: Toolchain, job: CompileJob): Promise<void> {
  mkdirSync(dirname(job.object), { recursive: true });
  const temporary = `${job.object}.${String(process.pid)}.tmp`;
  const rule = `${job.object}.d`;
  await run(toolchain.clang, [...job.flags, '-MD', '-MF', rule, '-c', job.source, '-o', temporary]);
  renameSync(temporary, job.object);
  const inputs = Object.fromEntries(
    dependencies(readFileSync(rule, 'utf8')).map((path) => [path, hashOf(path)]),
  );
  const stamp: Stamp = { command: commandHash(toolchain, job), inputs, object: sha256OfFile(job.object) };
  writeWhole(`${job.object}.json`, JSON.stringify(stamp));
}

const PARALLEL = 2;

export function unique(jobs: readonly CompileJob[]): CompileJob[] {
  return [...new Map(jobs.map((job) => [job.object, job])).values()];
}

/** Compiles what is not up to date. */
export async function compileAll(toolchain: Toolchain, jobs: readonly CompileJob[]): Promise<void> {
  const stale = unique(jobs).filter((job) => !isFresh(toolchain, job));
  const progress = new Progress(stale.length);
  await inParallel(stale, PARALLEL, async (job) => {
    progress.step(`compile ${job.name}`);
    await compile(toolchain, job);
  });
  progress.finish();
}

/** Paths that every build of this repository names the same, wherever it lies. */
export function portablePaths(root: string, cache: string): string[] {
  return [
    `-ffile-prefix-map=${cache}=cache`,
    `-ffile-prefix-map=${root}=nle-wasm`,
    `-ffile-prefix-map=${join(root, '..')}=.`,
  ];
}
