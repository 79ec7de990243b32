/** Compiles agents to WASI modules as participants do, for tests and benchmarks: docs/AGENTS.md has the same commands. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TOP = fileURLToPath(new URL('../../', import.meta.url));
const C_PACKAGES =
  'Install the Debian packages: apt-get install clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32';

/** A C source → module, with the header c/arena.h at hand. Throws with the compiler's words. */
export function compileC(source: string, target: string, flags: readonly string[] = []): void {
  const args = ['--target=wasm32-wasi', '-O2', '-I', join(TOP, 'c'), ...flags, '-o', target, source];
  const { error, status, stderr } = spawnSync('clang-14', args, { encoding: 'utf8' });
  if (error !== undefined) throw new Error(`clang-14 does not run (${error.message}). ${C_PACKAGES}`);
  if (status !== 0) throw new Error(`clang-14 cannot compile ${source}:\n${stderr}\n${C_PACKAGES}`);
}

/** agent.ts of a folder, which has the client arena.ts beside it → agent.wasm there. Throws with the compiler's words. */
export function compileAssemblyScript(folder: string): void {
  const package_ = createRequire(import.meta.url).resolve('assemblyscript/package.json');
  const compiler = join(dirname(package_), 'bin/asc.js');
  const args = [
    'agent.ts',
    '-o',
    'agent.wasm',
    '--optimize',
    '--exportStart',
    '_start',
    '--use',
    'abort=arena/abort',
  ];
  const { status, stderr } = spawnSync(process.execPath, [compiler, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`asc cannot compile ${folder}/agent.ts:\n${stderr}`);
}
