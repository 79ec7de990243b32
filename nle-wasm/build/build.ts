/**
 * Builds the engine: `node nle-wasm/build/build.ts`. Everything in between lies in nle-wasm/.cache, the results in
 * nle-wasm/out. Run again, it redoes only what changed; stopped in the middle, it goes on from there.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CompileJob } from './compile.ts';
import { compile, forgetHashes, isFresh } from './compile.ts';
import { buildEngine, finish } from './engine.ts';
import { BuildError } from './errors.ts';
import { listFiles, sha256, sha256OfFile, writeWhole } from './files.ts';
import { generateData, generateHeaders, generateTiles } from './generate.ts';
import { checkImports, link } from './link.ts';
import { dataJob, engineJobs, libcJobs, toolJobs } from './programs.ts';
import type { Folders, ToolName } from './programs.ts';
import { Progress, note } from './progress.ts';
import { inParallel } from './run.ts';
import { TARBALL_SHA256 } from './settings.ts';
import { unpackedSource } from './source.ts';
import { Tool } from './tool-host.ts';
import { findToolchain } from './toolchain.ts';
import type { Toolchain } from './toolchain.ts';

const PARALLEL = 2;

function unique(jobs: readonly CompileJob[]): CompileJob[] {
  return [...new Map(jobs.map((job) => [job.object, job])).values()];
}

async function compileAll(toolchain: Toolchain, jobs: readonly CompileJob[]): Promise<void> {
  const stale = unique(jobs).filter((job) => !isFresh(toolchain, job));
  const progress = new Progress(stale.length);
  await inParallel(stale, PARALLEL, async (job) => {
    progress.step(`compile ${job.name}`);
    await compile(toolchain, job);
  });
  progress.finish();
}

async function buildTool(folders: Folders, toolchain: Toolchain, name: ToolName): Promise<Tool> {
  const jobs = [...libcJobs(folders, toolchain), ...toolJobs(folders, toolchain, name)];
  await compileAll(toolchain, jobs);
  const wasm = join(folders.cache, 'tools', `${name}.wasm`);
  await link(
    toolchain,
    unique(jobs).map((job) => job.object),
    ['-z', 'stack-size=1048576'],
    wasm,
  );
  checkImports(wasm, []);
  return new Tool(name, wasm);
}

/** Everything that decides the result: when it is unchanged and the outputs are whole, there is nothing to do. */
function fingerprint(root: string, toolchain: Toolchain): string {
  const inputs = ['src', 'build'].flatMap((folder) =>
    listFiles(join(root, folder)).map(
      (file) => `${folder}/${file} ${sha256OfFile(join(root, folder, file))}`,
    ),
  );
  return sha256([TARBALL_SHA256, toolchain.fingerprint, ...inputs].join('\n'));
}

function isComplete(out: string, stamp: string, key: string): boolean {
  if (!existsSync(stamp) || !existsSync(join(out, 'engine.json'))) return false;
  const [line, ...hashes] = readFileSync(stamp, 'utf8').trim().split('\n');
  return (
    line === key &&
    hashes.every((entry) => {
      const [name = '', hash] = entry.split(' ');
      return existsSync(join(out, name)) && sha256OfFile(join(out, name)) === hash;
    })
  );
}

async function build(): Promise<void> {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  const cache = join(root, '.cache');
  const out = join(root, 'out');
  const toolchain = await findToolchain();
  const key = fingerprint(root, toolchain);
  const stamp = join(cache, 'build.stamp');
  if (isComplete(out, stamp, key)) {
    note('engine: up to date');
    return;
  }
  mkdirSync(cache, { recursive: true });
  const nethack = await unpackedSource(cache);
  const folders: Folders = { root, cache, out, nethack, generated: join(cache, 'generated') };

  const makedefs = await buildTool(folders, toolchain, 'makedefs');
  generateHeaders(folders, makedefs);
  forgetHashes();
  generateTiles(folders, await buildTool(folders, toolchain, 'tilemap'));
  forgetHashes();
  const lev_comp = await buildTool(folders, toolchain, 'lev_comp');
  const dgn_comp = await buildTool(folders, toolchain, 'dgn_comp');
  const dlb = await buildTool(folders, toolchain, 'dlb');
  generateData(folders, { makedefs, lev_comp, dgn_comp, dlb });

  const dataHash = sha256(
    ['nhdat', 'license', 'symbols']
      .map((name) => sha256OfFile(join(folders.generated, 'data', name)))
      .join(' '),
  ).slice(0, 16);
  const jobs = [
    ...libcJobs(folders, toolchain),
    ...engineJobs(folders, toolchain),
    dataJob(folders, toolchain, dataHash),
  ];
  await compileAll(toolchain, jobs);
  const results = await buildEngine(
    folders,
    toolchain,
    jobs.map((job) => job.object),
  );
  finish(folders, results);
  writeWhole(
    stamp,
    [
      key,
      ...['engine.wasm', 'engine-step.wasm', 'engine.json', 'LICENSE'].map(
        (name) => `${name} ${sha256OfFile(join(out, name))}`,
      ),
    ].join('\n'),
  );
}

try {
  await build();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  note(`engine build failed: ${error.message}`);
  process.exitCode = 1;
}
