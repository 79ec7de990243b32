import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutExport } from './exports.ts';
import { sha256OfFile, writeIfChanged, writeWhole } from './files.ts';
import { meterLoops } from './fuel.ts';
import { checkImports, link, produce } from './link.ts';
import { note } from './progress.ts';
import type { Folders } from './programs.ts';
import { run } from './run.ts';
import { INTERFACE_VERSION, MAX_MEMORY, NETHACK_VERSION, STACK_SIZE, WRAPPED } from './settings.ts';
import type { Toolchain } from './toolchain.ts';
import { encodeNumber, encodeSection } from './wasm-code.ts';

const KEY_IMPORT = 'arena.key';

/**
 * New seeds for a game that runs: only the step way's file has it. What plays tapes cannot do it at all, and what a
 * game is, the engine's id, does not depend on it.
 */
const RESEED_EXPORT = 'arena_reseed';

/** The name of the section, known to the loader. */
const ENGINE_SECTION = 'arena.engine';

const FEATURES = ['--enable-bulk-memory', '--enable-mutable-globals', '--enable-sign-ext', '--enable-simd'];

const inlining = (always: number, lightweight: number): string[] => [
  `--always-inline-max-function-size=${String(always)}`,
  `--flexible-inline-max-function-size=${String(lightweight)}`,
];

/**
 * Small functions (is it water? who stands there?) are called across files, so that the compiler could not inline them:
 * done here, 230,000 keys a second become 262,000 in the host-answered way, for 0.2 MB compressed (medians of 25 runs by turns, 6 fields).
 * The compiler's own optimisation at link time is worth as much; but metered loops are the same in both files only if
 * both come from one linked module.
 */
const HOST_INLINING = [...inlining(40, 200), '--inline-functions-with-loops'];

/**
 * What is inlined grows the frames that the step way winds up and down at every key: 172,000 keys a second become 179,000
 * with this much, 178,000 with twice as much. Without the limit on functions that are called once binaryen inlines main and the move loop into one giant function,
 * which the step way re-enters at every key: forbidding it nearly doubles the speed.
 */
const STEP_INLINING = [...inlining(10, 40), '--one-caller-inline-max-function-size=1'];

const ASYNCIFY = ['--asyncify', `--pass-arg=asyncify-imports@${KEY_IMPORT}`];

export interface EngineFiles {
  readonly host: string;
  readonly step: string;
}

/** Links the engine once and derives both files from the same linked module. */
export async function buildEngine(
  folders: Folders,
  toolchain: Toolchain,
  objects: readonly string[],
): Promise<EngineFiles> {
  const linked = join(folders.cache, 'linked.wasm');
  note('link engine');
  await link(
    toolchain,
    objects,
    [
      ...WRAPPED.map((name) => `--wrap=${name}`),
      '-z',
      `stack-size=${String(STACK_SIZE)}`,
      // an overflowing stack then runs below address 0 and traps, instead of eating the game's data
      '--stack-first',
      `--max-memory=${String(MAX_MEMORY)}`,
      // what a suspended game keeps outside its memory; and what is left of its loop rounds
      '--export=__stack_pointer',
      '--export=arena_fuel',
    ],
    linked,
  );
  checkImports(linked, [KEY_IMPORT]);
  const metered = join(folders.cache, 'metered.wasm');
  writeWhole(metered, meterLoops(readFileSync(linked)));
  const fixed = join(folders.cache, 'metered-host.wasm');
  writeWhole(fixed, withoutExport(readFileSync(metered), RESEED_EXPORT));

  const host = join(folders.out, 'engine.wasm');
  const step = join(folders.out, 'engine-step.wasm');
  const unnamed = join(folders.cache, 'engine-step.wasm');
  note('optimise engine.wasm');
  await optimise(toolchain, fixed, host, HOST_INLINING);
  note('optimise engine-step.wasm (asyncify)');
  await optimise(toolchain, metered, unnamed, [...STEP_INLINING, ...ASYNCIFY]);
  writeIfChanged(step, nameEngine(readFileSync(unnamed), sha256OfFile(host)));
  for (const file of [host, step]) checkImports(file, [KEY_IMPORT]);
  return { host, step };
}

/**
 * The step way's file says whose it is, so that one id covers both: a custom section with engine.wasm's sha256, which
 * the loader compares (loader/modules.ts).
 */
function nameEngine(module: Uint8Array, id: string): Uint8Array {
  const name = Buffer.from(ENGINE_SECTION);
  const body = Buffer.concat([Uint8Array.from(encodeNumber(name.length)), name, Buffer.from(id)]);
  return Buffer.concat([module, ...encodeSection(0, [body])]);
}

async function optimise(
  toolchain: Toolchain,
  input: string,
  output: string,
  passes: readonly string[],
): Promise<void> {
  const flags = [...FEATURES, '-O3', ...passes];
  await produce(output, [input], flags, toolchain, async (temporary) => {
    await run(toolchain.wasmOpt, [...flags, input, '-o', temporary]);
  });
}

/**
 * NetHack's licence goes wherever the engine goes, and engine.json says what the files are. The engine's id is
 * engine.wasm's sha256; both files come from one linked module.
 */
export function finish(folders: Folders, files: EngineFiles): void {
  const describe = (path: string): { sha256: string; bytes: number } => ({
    sha256: sha256OfFile(path),
    bytes: readFileSync(path).length,
  });
  const host = describe(files.host);
  const summary = {
    id: host.sha256,
    interfaceVersion: INTERFACE_VERSION,
    nethack: NETHACK_VERSION,
    files: { 'engine.wasm': host, 'engine-step.wasm': describe(files.step) },
  };
  copyFileSync(join(folders.generated, 'data', 'license'), join(folders.out, 'LICENSE'));
  writeWhole(join(folders.out, 'engine.json'), `${JSON.stringify(summary, null, 2)}\n`);
  note(
    `engine ${host.sha256.slice(0, 12)}: ${String(host.bytes)} bytes, step way ${String(summary.files['engine-step.wasm'].bytes)} bytes`,
  );
}
