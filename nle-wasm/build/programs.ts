import { join, parse } from 'node:path';
import type { CompileJob } from './compile.ts';
import { portablePaths } from './compile.ts';
import { sha256, sha256OfFile } from './files.ts';
import { COMPILE_FLAGS, NETHACK_DEFINES, NETHACK_SOURCES, TTY_SOURCES, WASM_FLAGS } from './settings.ts';
import type { Toolchain } from './toolchain.ts';

export interface Folders {
  /** nle-wasm */
  readonly root: string;
  readonly cache: string;
  readonly out: string;
  readonly nethack: string;
  /** Headers and data that the tools write; they hold structs of the machine they are for. */
  readonly generated: string;
  readonly objects: string;
}

/** What programs are compiled for: the engine's wasm32, or the machine of the native twin. */
export interface Target {
  /** Compiler flags of every file. */
  readonly flags: readonly string[];
  /** Further flags of files that include NetHack's headers. */
  readonly nethackFlags: readonly string[];
  /** Further flags of those that do not. */
  readonly plainFlags: readonly string[];
  /** Stands below the C library. */
  readonly libc: readonly string[];
  /** The engine's own files for this target, without NetHack's headers. */
  readonly engine: readonly string[];
  /** What runs NetHack's build programs. */
  readonly toolRunner: string;
}

export type ToolName = 'makedefs' | 'lev_comp' | 'dgn_comp' | 'dlb' | 'tilemap';

/** Everywhere the same; the target brings what joins them to its C library. */
const LIBC_SOURCES = ['libc/memfs', 'libc/calendar', 'libc/qsort', 'libc/format'];

export function wasmTarget(toolchain: Toolchain): Target {
  return {
    flags: [...COMPILE_FLAGS, ...WASM_FLAGS, `--sysroot=${toolchain.sysroot}`],
    nethackFlags: [],
    // the linker exports globals that change only if some object says that it may
    plainFlags: ['-mmutable-globals'],
    libc: ['libc/musl', 'libc/process', 'libc/strings'],
    engine: ['port/instance', 'port/fuel.S'],
    toolRunner: 'tools/tool',
  };
}

const PORT_SOURCES = [
  'engine',
  'observation',
  'map',
  'description',
  'status',
  'inventory',
  'window',
  'main',
  'commands',
  'terminal',
  'panic',
  'tables',
];
/** grid.c knows nothing of NetHack and is compiled without its headers. */
const PLAIN_PORT_SOURCES = ['port/grid'];
const UPSTREAM_SOURCES = ['rnd', 'allmain', 'end', 'pager', 'sp_lev'];

const NAMING = ['src/drawing', 'src/decl', 'src/monst', 'src/objects'];
const TOOL_SOURCES: Record<ToolName, readonly string[]> = {
  makedefs: ['util/makedefs', 'src/monst', 'src/objects'],
  lev_comp: [
    'sys/share/lev_yacc',
    'sys/share/lev_lex',
    'util/lev_main',
    'src/alloc',
    'util/panic',
    ...NAMING,
  ],
  dgn_comp: ['sys/share/dgn_yacc', 'sys/share/dgn_lex', 'util/dgn_main', 'src/alloc', 'util/panic'],
  dlb: ['src/dlb', 'src/alloc', 'util/panic'],
  tilemap: NAMING,
};

function common(folders: Folders, target: Target): string[] {
  return [...target.flags, ...portablePaths(folders.root, folders.cache)];
}

function nethackFlags(folders: Folders, target: Target): string[] {
  return [
    ...common(folders, target),
    ...target.nethackFlags,
    ...NETHACK_DEFINES,
    `-I${join(folders.generated, 'include')}`,
    `-I${join(folders.nethack, 'include')}`,
    `-I${join(folders.root, 'src/port')}`,
    `-I${join(folders.root, 'src/libc')}`,
    '-include',
    join(folders.root, 'src/port/nethack-config.h'),
  ];
}

function plainFlags(folders: Folders, target: Target): string[] {
  return [
    ...common(folders, target),
    ...target.plainFlags,
    ...['port', 'libc', 'tools'].map((folder) => `-I${join(folders.root, 'src', folder)}`),
  ];
}

/** One of our own files, named below src; C unless it says otherwise. */
function own(folders: Folders, name: string, flags: readonly string[]): CompileJob {
  const { dir, name: base, ext } = parse(name);
  return {
    name: `${dir}/${base}${ext || '.c'}`,
    source: join(folders.root, 'src', dir, `${base}${ext || '.c'}`),
    object: join(folders.objects, dir, `${base}.o`),
    flags,
  };
}

function upstream(folders: Folders, file: string, flags: readonly string[], group = 'nethack'): CompileJob {
  return {
    name: `${file}.c`,
    source: join(folders.nethack, `${file}.c`),
    object: join(folders.objects, group, `${file}.o`),
    flags,
  };
}

export function libcJobs(folders: Folders, target: Target): CompileJob[] {
  return [...LIBC_SOURCES, ...target.libc].map((name) => own(folders, name, plainFlags(folders, target)));
}

export function memfsCheckJobs(folders: Folders, target: Target): CompileJob[] {
  return ['libc/memfs', 'native/memfs-check'].map((name) => own(folders, name, plainFlags(folders, target)));
}

export function toolJobs(folders: Folders, target: Target, tool: ToolName): CompileJob[] {
  const flags = [...nethackFlags(folders, target), '-Dmain=tool_main', '-DWEIRD_LEX=0'];
  const jobs = TOOL_SOURCES[tool].map((file) => upstream(folders, file, flags, 'tools'));
  if (tool === 'dlb' || tool === 'tilemap') jobs.push(own(folders, `tools/${tool}`, flags));
  return [...jobs, own(folders, target.toolRunner, plainFlags(folders, target))];
}

export function engineJobs(folders: Folders, target: Target): CompileJob[] {
  const flags = nethackFlags(folders, target);
  return [
    ...[...PLAIN_PORT_SOURCES, ...target.engine].map((name) =>
      own(folders, name, plainFlags(folders, target)),
    ),
    ...PORT_SOURCES.map((name) => own(folders, `port/${name}`, flags)),
    ...UPSTREAM_SOURCES.map((name) => own(folders, `upstream/${name}`, flags)),
    ...TTY_SOURCES.map((name) => upstream(folders, `win/tty/${name}`, [...flags, '-DARENA_TTY'])),
    upstream(folders, 'sys/share/posixregex', flags),
    ...NETHACK_SOURCES.map((name) => upstream(folders, `src/${name}`, flags)),
  ];
}

/** The data archive as an object; `.incbin` is no dependency clang lists, so its hash is part of the flags. */
export function dataJob(folders: Folders, target: Target): CompileJob {
  const data = join(folders.generated, 'data');
  const hash = sha256(
    ['nhdat', 'license', 'symbols'].map((name) => sha256OfFile(join(data, name))).join(' '),
  ).slice(0, 16);
  return own(folders, 'port/data.S', [...plainFlags(folders, target), `-Wa,-I${data}`, `-DDATA_${hash}`]);
}
