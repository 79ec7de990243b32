/** What runs: the one snapshot of WASI that Node, wasi-libc, Rust and AssemblyScript share. */
const SNAPSHOT = 'wasi_snapshot_preview1';
/** `\0asm` and version 1, little endian. A component of WASI 0.2 has another version. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const VERSION = [0x01, 0x00, 0x00, 0x00];
/** So many of a module's imports are named; a module for another host has hundreds. */
const NAMED = 5;

/** The module cannot be run here; the message names what is wrong and what to do. */
export class UnfitModule extends Error {}

/**
 * Compiles a module that can be run as a command: imports of `offered` functions of WASI preview 1 alone, and the exports `_start`
 * and `memory`. Throws {@link UnfitModule}.
 */
export function compile(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  offered: readonly string[],
): WebAssembly.Module {
  checkHeader(bytes, name);
  const module = compiled(bytes, name);
  checkImports(module, name, offered);
  checkExports(module, name);
  return module;
}

function checkHeader(bytes: Uint8Array, name: string): void {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) {
    const begin = Buffer.from(bytes.subarray(0, 4)).toString('hex') || 'nothing';
    throw new UnfitModule(
      `${name} is no WebAssembly module: it begins with ${begin}, expected 0061736d. Text (.wat) has to be assembled first.`,
    );
  }
  if (VERSION.some((byte, i) => bytes[4 + i] !== byte))
    throw new UnfitModule(
      `${name} is WebAssembly of another version (a component of WASI 0.2?): build a core module for ${SNAPSHOT}.`,
    );
}

function compiled(bytes: Uint8Array<ArrayBuffer>, name: string): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    throw new UnfitModule(`${name} does not compile: ${error.message.replace('WebAssembly.Module(): ', '')}`);
  }
}

function checkImports(module: WebAssembly.Module, name: string, offered: readonly string[]): void {
  const foreign = WebAssembly.Module.imports(module).filter(
    (wanted) => wanted.module !== SNAPSHOT || wanted.kind !== 'function' || !offered.includes(wanted.name),
  );
  if (foreign.length === 0) return;
  const named = foreign.slice(0, NAMED).map((wanted) => `${wanted.module}.${wanted.name} (${wanted.kind})`);
  const more = foreign.length > NAMED ? ` and ${foreign.length - NAMED} more` : '';
  throw new UnfitModule(
    `${name} imports ${named.join(', ')}${more}. Offered are the functions of ${SNAPSHOT} and nothing else: ` +
      'build it for WASI preview 1 (wasm32-wasi, wasm32-wasip1).',
  );
}

function checkExports(module: WebAssembly.Module, name: string): void {
  const exports = WebAssembly.Module.exports(module);
  const has = (wanted: string, kind: string): boolean =>
    exports.some((found) => found.name === wanted && found.kind === kind);
  if (!has('_start', 'function'))
    throw new UnfitModule(
      `${name} exports no function _start: build a command with a main function, not a library (reactor).`,
    );
  if (!has('memory', 'memory')) throw new UnfitModule(`${name} exports no memory named memory.`);
}
