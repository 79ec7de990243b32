import { LoaderError } from './errors.ts';
import type { EngineExports } from './exports.ts';
import { KNOWN_INTERFACES } from './layout.ts';

/** The engine as bytes, wherever they come from: a disk, a download. */
export interface EngineSource {
  /** The engine's id: sha256 of engine.wasm, in hexadecimal (see engine.json). */
  readonly id: string;
  /** engine.wasm: the host answers inside the call. */
  readonly host: BufferSource;
  /** engine-step.wasm: the same objects with asyncify applied, for the synchronous step. */
  readonly step: BufferSource;
}

/**
 * Both ways of running, compiled; any number of games start from one. Threads that are sent it share the compiled code,
 * what V8 has optimised of it included.
 */
export interface EngineModules {
  readonly compiled: true;
  readonly id: string;
  readonly host: WebAssembly.Module;
  readonly step: WebAssembly.Module;
}

/** Only what is asked for is checked here; a module of another edition is refused before a game starts. */
function checkInterface(module: WebAssembly.Module, name: string): void {
  const probe = new WebAssembly.Instance(module, { arena: { key: () => 0 } })
    .exports as unknown as Partial<EngineExports>;
  const version = probe.arena_interface_version?.();
  if (version === undefined || !KNOWN_INTERFACES.includes(version)) {
    throw new LoaderError(
      'bad_engine',
      `${name} has interface version ${String(version ?? 'none')}, this loader knows ${KNOWN_INTERFACES.join(' and ')}; build the engine again`,
    );
  }
}

/** engine-step.wasm carries the id of the engine.wasm it was built with (build/engine.ts). */
function checkPair(step: WebAssembly.Module, id: string): void {
  const [section] = WebAssembly.Module.customSections(step, 'arena.engine');
  const whose = section && new TextDecoder().decode(section);
  if (whose === id) return;
  throw new LoaderError(
    'bad_engine',
    `engine-step.wasm belongs to engine ${whose?.slice(0, 12) ?? 'unknown'}, not to ${id.slice(0, 12)}; build the engine again`,
  );
}

async function compile(bytes: BufferSource, name: string): Promise<WebAssembly.Module> {
  try {
    const module = await WebAssembly.compile(bytes);
    checkInterface(module, name);
    return module;
  } catch (cause) {
    if (cause instanceof LoaderError) throw cause;
    throw new LoaderError(
      'bad_engine',
      `${name} is no engine: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/**
 * Compiles both files; what another thread has compiled is only checked. That `id` is the sha256 of `host` is not computed here,
 * since whoever reads the bytes can hash them on the way: readEngine does in Node, a page must itself.
 * Rejects with LoaderError `bad_engine` for what is no engine of this edition, or two files that do not belong together.
 */
export async function compileEngine(source: EngineSource | EngineModules): Promise<EngineModules> {
  const modules = isCompiled(source) ? checked(source) : await compileBoth(source);
  checkPair(modules.step, modules.id);
  return modules;
}

/** `source` may be anything: it has come from another thread. */
function isCompiled(source: EngineSource | EngineModules): source is EngineModules {
  return typeof source === 'object' && 'compiled' in source;
}

function checked(modules: EngineModules): EngineModules {
  const { host, step } = modules;
  if (!(host instanceof WebAssembly.Module) || !(step instanceof WebAssembly.Module))
    throw new LoaderError('bad_engine', 'what was given as a compiled engine holds no compiled modules');
  checkInterface(host, 'engine.wasm');
  checkInterface(step, 'engine-step.wasm');
  return modules;
}

async function compileBoth({ id, host, step }: Partial<EngineSource>): Promise<EngineModules> {
  if (id === undefined || host === undefined || step === undefined)
    throw new LoaderError(
      'bad_engine',
      'an engine is its id and its two files, or the modules of a loaded engine',
    );
  const [hosted, stepped] = await Promise.all([
    compile(host, 'engine.wasm'),
    compile(step, 'engine-step.wasm'),
  ]);
  return { compiled: true, id, host: hosted, step: stepped };
}
