import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BuildError } from './errors.ts';
import { run } from './run.ts';
import { sha256 } from './files.ts';

/** Where emscripten's Debian package keeps its C library and headers. */
const SYSROOTS = ['/usr/share/emscripten/cache/sysroot'];

export interface Toolchain {
  readonly clang: string;
  readonly linker: string;
  readonly wasmOpt: string;
  readonly sysroot: string;
  /** Changes when any of the tools does. */
  readonly fingerprint: string;
}

interface Tool {
  readonly names: readonly string[];
  readonly debianPackage: string;
}

const TOOLS: Record<'clang' | 'linker' | 'wasmOpt', Tool> = {
  clang: { names: ['clang-14', 'clang'], debianPackage: 'clang-14' },
  linker: { names: ['wasm-ld-14', 'wasm-ld'], debianPackage: 'lld-14' },
  wasmOpt: { names: ['wasm-opt'], debianPackage: 'binaryen' },
};

/** npm's folder of programs is passed over: a package there may bring another version of binaryen than Debian's. */
function onPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')))
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

function locate({ names, debianPackage }: Tool): string {
  for (const name of names) {
    const path = onPath(name);
    if (path !== undefined) return path;
  }
  throw new BuildError(`${String(names[0])} is missing; install it with: apt-get install ${debianPackage}`);
}

/** Finds all tools; a BuildError names the Debian package of the first that is missing. */
export async function findToolchain(): Promise<Toolchain> {
  const clang = locate(TOOLS.clang);
  const linker = locate(TOOLS.linker);
  const wasmOpt = locate(TOOLS.wasmOpt);
  const sysroot = SYSROOTS.find((path) => existsSync(join(path, 'lib/wasm32-emscripten/libc.a')));
  if (sysroot === undefined) {
    throw new BuildError("emscripten's C library is missing; install it with: apt-get install emscripten");
  }
  const versions = await Promise.all([clang, linker, wasmOpt].map((tool) => run(tool, ['--version'])));
  return { clang, linker, wasmOpt, sysroot, fingerprint: sha256(versions.join('\n')) };
}
