import { join } from 'node:path';
import type { CompileJob } from './compile.ts';
import { portablePaths } from './compile.ts';
import { COMPILE_FLAGS, NETHACK_DEFINES, NETHACK_SOURCES, TTY_SOURCES } from './settings.ts';
import type { Toolchain } from './toolchain.ts';

export interface Folders {
  /** nle-wasm */
  readonly root: string;
  readonly cache: string;
  readonly out: string;
  readonly nethack: string;
  /** Headers and data that the tools write. */
  readonly generated: string;
}

export type ToolName = 'makedefs' | 'lev_comp' | 'dgn_comp' | 'dlb' | 'tilemap';

const LIBC_SOURCES = ['memfs', 'process', 'calendar', 'qsort', 'format'];
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
const PLAIN_PORT_SOURCES = ['grid'];
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

function common(folders: Folders, toolchain: Toolchain): string[] {
  return [...COMPILE_FLAGS, `--sysroot=${toolchain.sysroot}`, ...portablePaths(folders.root, folders.cache)];
}

function nethackFlags(folders: Folders, toolchain: Toolchain): string[] {
  return [
    ...common(folders, toolchain),
    ...NETHACK_DEFINES,
    `-I${join(folders.generated, 'include')}`,
    `-I${join(folders.nethack, 'include')}`,
    `-I${join(folders.root, 'src/port')}`,
    `-I${join(folders.root, 'src/libc')}`,
    '-include',
    join(folders.root, 'src/port/nethack-config.h'),
  ];
}

function plainFlags(folders: Folders, toolchain: Toolchain): string[] {
  return [
    ...common(folders, toolchain),
    // the linker exports globals that change only if some object says that it may
    '-mmutable-globals',
    `-I${join(folders.root, 'src/port')}`,
    `-I${join(folders.root, 'src/libc')}`,
  ];
}

function own(folders: Folders, file: string, flags: readonly string[], kind = '.c'): CompileJob {
  return {
    name: `${file}${kind}`,
    source: join(folders.root, 'src', `${file}${kind}`),
    object: join(folders.cache, 'objects', `${file}.o`),
    flags,
  };
}

function upstream(folders: Folders, file: string, flags: readonly string[], group = 'nethack'): CompileJob {
  return {
    name: `${file}.c`,
    source: join(folders.nethack, `${file}.c`),
    object: join(folders.cache, 'objects', group, `${file}.o`),
    flags,
  };
}

export function libcJobs(folders: Folders, toolchain: Toolchain): CompileJob[] {
  return LIBC_SOURCES.map((name) => own(folders, `libc/${name}`, plainFlags(folders, toolchain)));
}

export function toolJobs(folders: Folders, toolchain: Toolchain, tool: ToolName): CompileJob[] {
  const flags = [...nethackFlags(folders, toolchain), '-Dmain=tool_main', '-DWEIRD_LEX=0'];
  const jobs = TOOL_SOURCES[tool].map((file) => upstream(folders, file, flags, 'tools'));
  if (tool === 'dlb' || tool === 'tilemap') jobs.push(own(folders, `tools/${tool}`, flags));
  return [...jobs, own(folders, 'tools/tool', plainFlags(folders, toolchain))];
}

export function engineJobs(folders: Folders, toolchain: Toolchain): CompileJob[] {
  const flags = nethackFlags(folders, toolchain);
  return [
    ...PLAIN_PORT_SOURCES.map((name) => own(folders, `port/${name}`, plainFlags(folders, toolchain))),
    own(folders, 'port/fuel', plainFlags(folders, toolchain), '.S'),
    ...PORT_SOURCES.map((name) => own(folders, `port/${name}`, flags)),
    ...UPSTREAM_SOURCES.map((name) => own(folders, `upstream/${name}`, flags)),
    ...TTY_SOURCES.map((name) => upstream(folders, `win/tty/${name}`, [...flags, '-DARENA_TTY'])),
    upstream(folders, 'sys/share/posixregex', flags),
    ...NETHACK_SOURCES.map((name) => upstream(folders, `src/${name}`, flags)),
  ];
}

/** The data archive as an object; `.incbin` is no dependency clang lists, so its hash is part of the flags. */
export function dataJob(folders: Folders, toolchain: Toolchain, dataHash: string): CompileJob {
  const data = join(folders.generated, 'data');
  return own(
    folders,
    'port/data',
    [...plainFlags(folders, toolchain), `-Wa,-I${data}`, `-DDATA_${dataHash}`],
    '.S',
  );
}
