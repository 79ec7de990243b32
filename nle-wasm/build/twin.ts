/**
 * Builds the native twin: the engine's files compiled for this machine, to measure wasm against and to look for errors
 * in with AddressSanitizer. `node nle-wasm/build/twin.ts [--sanitize]` writes nle-wasm/out/twin or twin-asan.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compileAll, unique } from './compile.ts';
import { generateAll } from './generate.ts';
import { produce } from './link.ts';
import { NativeTool } from './native-tool.ts';
import { note } from './progress.ts';
import type { Folders, Target, ToolName } from './programs.ts';
import { dataJob, engineJobs, libcJobs, memfsCheckJobs, toolJobs } from './programs.ts';
import { PLACE, asProgram } from './program.ts';
import { run } from './run.ts';
import { COMPILE_FLAGS, WRAPPED } from './settings.ts';
import { unpackedSource } from './source.ts';
import type { Toolchain } from './toolchain.ts';
import { findToolchain } from './toolchain.ts';

/** What the game asks of the C library and gets from src/native/posix.c instead. */
const POSIX =
  'abort access close creat exit fcntl fdopen fopen getenv getpid getuid lseek open read rename sleep unlink write';

/** One report a place, and on with the game: what NetHack itself does wrong must not hide what the port does. */
const SANITIZE = ['-fsanitize=address,undefined', '-fsanitize-recover=all', '-fno-omit-frame-pointer', '-g1'];

const NATIVE: Target = {
  flags: COMPILE_FLAGS,
  nethackFlags: ['-include', join(PLACE.root, 'src/native/config.h')],
  plainFlags: [],
  libc: [],
  engine: ['native/main', 'native/digest', 'native/posix'],
  toolRunner: 'native/tool',
};

async function linkNative(
  toolchain: Toolchain,
  objects: readonly string[],
  flags: readonly string[],
  output: string,
): Promise<void> {
  await produce(output, objects, flags, toolchain, async (temporary) => {
    await run(toolchain.clang, ['-fuse-ld=lld', ...flags, ...objects, '-o', temporary]);
  });
}

async function buildTool(folders: Folders, toolchain: Toolchain, name: ToolName): Promise<NativeTool> {
  const jobs = toolJobs(folders, NATIVE, name);
  const libc = libcJobs(folders, NATIVE);
  await compileAll(toolchain, [...jobs, ...libc]);
  const program = join(folders.cache, 'native/tools', name);
  await linkNative(
    toolchain,
    unique([...jobs, ...libc]).map((job) => job.object),
    [],
    program,
  );
  return new NativeTool(name, program);
}

/** The files in memory by themselves, where places and memory run out. */
async function buildMemfsCheck(
  folders: Folders,
  target: Target,
  toolchain: Toolchain,
  flags: readonly string[],
): Promise<void> {
  const jobs = memfsCheckJobs(folders, target);
  await compileAll(toolchain, jobs);
  await linkNative(
    toolchain,
    jobs.map((job) => job.object),
    [...flags, '-Wl,--wrap=realloc'],
    join(folders.out, 'memfs-check'),
  );
}

async function buildTwin(sanitize: boolean): Promise<void> {
  const { cache, out } = PLACE;
  const toolchain = await findToolchain();
  mkdirSync(cache, { recursive: true });
  const folders: Folders = {
    ...PLACE,
    nethack: await unpackedSource(cache),
    generated: join(cache, 'native/generated'),
    objects: join(cache, 'native/objects'),
  };
  await generateAll(folders, (name) => buildTool(folders, toolchain, name));

  const flags = sanitize ? SANITIZE : [];
  const target = { ...NATIVE, flags: [...NATIVE.flags, ...flags] };
  const place = { ...folders, objects: join(cache, sanitize ? 'native/objects-asan' : 'native/objects') };
  const jobs = [...libcJobs(place, target), ...engineJobs(place, target), dataJob(place, target)];
  await compileAll(toolchain, jobs);
  const twin = join(out, sanitize ? 'twin-asan' : 'twin');
  await linkNative(
    toolchain,
    jobs.map((job) => job.object),
    [...flags, ...[...WRAPPED, ...POSIX.split(' ')].map((name) => `-Wl,--wrap=${name}`)],
    twin,
  );
  note(`native twin: ${twin}`);
  if (sanitize) await buildMemfsCheck(place, target, toolchain, flags);
}

const { values } = parseArgs({ options: { sanitize: { type: 'boolean', default: false } } });
await asProgram('native twin', () => buildTwin(values.sanitize));
