import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256, sha256OfFile, writeWhole } from './files.ts';
import { run } from './run.ts';
import type { Toolchain } from './toolchain.ts';
import { BuildError } from './errors.ts';

/** Runs a command that writes one file from others, unless a stamp says that nothing changed. */
export async function produce(
  output: string,
  inputs: readonly string[],
  command: readonly string[],
  toolchain: Toolchain,
  work: (temporary: string) => Promise<void>,
): Promise<void> {
  const key = sha256(
    [toolchain.fingerprint, ...command, ...inputs.map((path) => sha256OfFile(path))].join('\0'),
  );
  const stamp = `${output}.stamp`;
  if (
    existsSync(output) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === `${key} ${sha256OfFile(output)}`
  )
    return;
  mkdirSync(dirname(output), { recursive: true });
  const temporary = `${output}.${String(process.pid)}.tmp`;
  await work(temporary);
  renameSync(temporary, output);
  writeWhole(stamp, `${key} ${sha256OfFile(output)}`);
}

function libraries(toolchain: Toolchain): string[] {
  const folder = join(toolchain.sysroot, 'lib/wasm32-emscripten');
  return ['libdlmalloc.a', 'libc.a', 'libcompiler_rt.a'].map((name) => join(folder, name));
}

/**
 * Links straight to .wasm, without emscripten's JavaScript. A "function signature mismatch" is an error: NetHack's
 * K&R declarations hide such differences from the compiler, and wasm traps on the call.
 */
export async function link(
  toolchain: Toolchain,
  objects: readonly string[],
  flags: readonly string[],
  output: string,
): Promise<void> {
  const fixed = [
    '--no-entry',
    '--fatal-warnings',
    '--gc-sections',
    '--strip-all',
    '-error-limit=0',
    ...flags,
  ];
  const inputs = [...objects, ...libraries(toolchain)];
  await produce(output, inputs, fixed, toolchain, async (temporary) => {
    await run(toolchain.linker, [...fixed, ...inputs, '-o', temporary]);
  });
}

/** The names a module imports, as `module.name`. */
export function importsOf(wasm: string): string[] {
  return WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(wasm))).map(
    (entry) => `${entry.module}.${entry.name}`,
  );
}

/** What a module may ask of its host is decided here, not by whatever the C library left undefined. */
export function checkImports(wasm: string, allowed: readonly string[]): void {
  const extra = importsOf(wasm).filter((name) => !allowed.includes(name));
  if (extra.length > 0) throw new BuildError(`${wasm} imports more than it may: ${extra.join(', ')}`);
}
