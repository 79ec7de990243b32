/**
 * Builds the engine: `node nle-wasm/build/build.ts`. Everything in between lies in nle-wasm/.cache, the results in
 * nle-wasm/out. Run again, it redoes only what changed; stopped in the middle, it goes on from there.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileAll, unique } from './compile.ts';
import { buildEngine, finish } from './engine.ts';
import { PLACE, asProgram } from './program.ts';
import { listFiles, sha256, sha256OfFile, writeWhole } from './files.ts';
import { generateAll } from './generate.ts';
import { checkImports, link } from './link.ts';
import { dataJob, engineJobs, libcJobs, toolJobs, wasmTarget } from './programs.ts';
import type { Folders, Target, ToolName } from './programs.ts';
import { note } from './progress.ts';
import { TARBALL_SHA256 } from './settings.ts';
import { unpackedSource } from './source.ts';
import { WasmTool } from './tool-host.ts';
import { findToolchain } from './toolchain.ts';
import type { Toolchain } from './toolchain.ts';

async function buildTool(
  folders: Folders,
  toolchain: Toolchain,
  target: Target,
  name: ToolName,
): Promise<WasmTool> {
  const jobs = [...libcJobs(folders, target), ...toolJobs(folders, target, name)];
  await compileAll(toolchain, jobs);
  const wasm = join(folders.cache, 'tools', `${name}.wasm`);
  await link(
    toolchain,
    unique(jobs).map((job) => job.object),
    ['-z', 'stack-size=1048576'],
    wasm,
  );
  checkImports(wasm, []);
  return new WasmTool(name, wasm);
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
  const { root, cache, out } = PLACE;
  const toolchain = await findToolchain();
  const key = fingerprint(root, toolchain);
  const stamp = join(cache, 'build.stamp');
  if (isComplete(out, stamp, key)) {
    note('engine: up to date');
    return;
  }
  mkdirSync(cache, { recursive: true });
  const folders: Folders = {
    ...PLACE,
    nethack: await unpackedSource(cache),
    generated: join(cache, 'generated'),
    objects: join(cache, 'objects'),
  };
  const target = wasmTarget(toolchain);
  await generateAll(folders, (name) => buildTool(folders, toolchain, target, name));
  const jobs = [...libcJobs(folders, target), ...engineJobs(folders, target), dataJob(folders, target)];
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

await asProgram('engine build', build);
