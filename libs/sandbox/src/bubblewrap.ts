import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxError } from './errors.ts';
import type { SandboxSpecification } from './specification.ts';

/** Debian 12 has 0.8.0, the first with which the arguments below were tried. */
export const BWRAP = '/usr/bin/bwrap';
export const MISSING_BWRAP =
  `bubblewrap is not installed (${BWRAP} is missing): agents cannot be run. ` +
  'Install the Debian package: apt-get install bubblewrap';

/** What to look at when bubblewrap is there and cannot do its work. */
export const SETUP_REMEDY =
  'Unprivileged user namespaces must be allowed on this machine (in a container also by its seccomp profile), ' +
  'and the files it binds readable.';

/** Descriptors the outer shell and bwrap use; all are closed before the agent's program starts. */
export const FD = { up: 3, args: 4, status: 5, filter: 6 } as const;
const LAST_FD = Math.max(...Object.values(FD));

/**
 * What every program needs of the host's system: libraries and the ordinary commands, not /usr/local, /etc or anything else where a
 * machine keeps what is its own. Runtimes bind more where they need it: Python's packages read /usr/share.
 */
const SYSTEM = ['/usr/bin', '/usr/lib', '/usr/lib32', '/usr/lib64', '/usr/libx32'];
/** Links into /usr on Debian; copied as they are, or bound where a machine still has folders there. */
const SYSTEM_LINKS = ['/bin', '/lib', '/lib32', '/lib64', '/libx32'];

/** What the sandbox has itself, whatever a root brings; /run and /sys are empty in images, or should be. */
const OWN = new Set(['agent', 'dev', 'node_modules', 'proc', 'run', 'runtime', 'sys', 'tmp']);
const PATH = '/usr/bin:/bin';

const MIB = 1024 * 1024;

/**
 * Pid 1 inside is bubblewrap, under the agent's uid: with `/proc/1/mem` an agent can make it report an end that is none,
 * and go on without its parent. An empty folder lies over all that /proc has of it, its threads included, and no agent can
 * unmount it. The calls that reach a process's memory by its pid are not allowed.
 */
export const HIDDEN_FIRST: readonly string[] = ['--tmpfs', '/proc/1', '--remount-ro', '/proc/1'];

/** Options for `bwrap --args`: never on its command line, which the agent can read as /proc/1/cmdline. */
export function bwrapOptions(specification: SandboxSpecification, memoryIsCounted: boolean): string[] {
  const { limits, bindings, root, writable, environment = {} } = specification;
  const tmp = String(Math.max(1, limits.tmpMiB) * MIB);
  return [
    // Every namespace there is; own users may not be made inside, since they open more of the kernel.
    '--unshare-all',
    '--unshare-user',
    '--disable-userns',
    '--die-with-parent',
    '--new-session',
    ...['--hostname', 'arena'],
    ...['--json-status-fd', String(FD.status)],
    // In force from before the agent's first instruction, and for the first process of the namespace.
    ...['--seccomp', String(FD.filter)],
    ...(root === undefined ? systemBinds() : rootBinds(root)),
    ...['--proc', '/proc'],
    ...HIDDEN_FIRST,
    ...['--dev', '/dev'],
    // Mapped shared, it is memory that stays when no process has it mapped; an empty file where nothing counts that.
    ...(memoryIsCounted ? [] : ['--dev-bind', '/dev/null', '/dev/zero']),
    ...['--size', tmp, '--tmpfs', '/tmp'],
    ...['--size', tmp, '--tmpfs', '/dev/shm'],
    ...bindings.flatMap(({ source, target }) => ['--ro-bind', source, target]),
    ...(writable === undefined ? [] : ['--bind', writable.source, writable.target]),
    // After all binds.
    ...['--remount-ro', '/dev'],
    ...['--remount-ro', '/'],
    ...['--chdir', '/tmp'],
    ...[
      '--setenv',
      'HOME',
      '/tmp',
      '--setenv',
      'PATH',
      root === undefined ? PATH : `/usr/local/bin:${PATH}`,
      '--setenv',
      'LANG',
      'C.UTF-8',
    ],
    ...['--setenv', 'TMPDIR', '/tmp'],
    ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
  ];
}

/**
 * Runs inside, before anything of the agent's: tells the host that the sandbox stands (so that a failure before
 * is ours and one after is the agent's), closes what is not 0, 1 or 2, and becomes the program. If the host died
 * before --die-with-parent was in force, nobody reads and it ends here.
 */
export const INNER_SCRIPT = `printf u >&${FD.up} || exit 1; exec ${FD.up}>&- ${FD.args}>&- ${FD.status}>&- ${FD.filter}>&-; exec "$@"`;

/**
 * Runs outside, as the sandbox's uid already: closes descriptors that somebody let us inherit, sets the limits that
 * a shell can set (they are inherited and cannot be raised again), and becomes bwrap. bash, since Debian's sh cannot
 * close descriptors above 9 and has no `ulimit -u`.
 */
export function outerScript(rlimits: Rlimits): string {
  return [
    `for f in /proc/self/fd/*; do f=\${f##*/}; if [ "$f" -gt ${LAST_FD} ]; then eval "exec $f>&-"; fi; done`,
    'set -e',
    'umask 077',
    'ulimit -c 0',
    `ulimit -n ${rlimits.openFiles}`,
    `ulimit -f ${rlimits.fileKiB}`,
    `ulimit -d ${rlimits.dataKiB}`,
    ...(rlimits.processes === null ? [] : [`ulimit -u ${rlimits.processes}`]),
    `exec ${BWRAP} --args ${FD.args} /bin/sh -c "$0" sh "$@"`,
  ].join('\n');
}

export interface Rlimits {
  openFiles: number;
  fileKiB: number;
  dataKiB: number;
  /** null: not set, since the uid has other processes too. */
  processes: number | null;
}

/** bwrap outside and the first process inside; the shell becomes the program. */
const OWN_PROCESSES = 2;
const OPEN_FILES = 256;
/**
 * RLIMIT_DATA is a second line behind the watchdog, for each process. It counts what is mapped, not what is touched: a Node
 * that has just started has 575 MB (45 resident), each worker thread some 100 more.
 */
const DATA_SLACK_MIB = 2048;

export function rlimitsFor({ limits, writable }: SandboxSpecification, ownUid: boolean): Rlimits {
  return {
    openFiles: limits.openFiles ?? OPEN_FILES,
    fileKiB: Math.max(1, limits.tmpMiB, writable?.fileMiB ?? 0) * 1024,
    dataKiB: (limits.memoryMiB + DATA_SLACK_MIB) * 1024,
    processes: ownUid ? limits.processes + OWN_PROCESSES : null,
  };
}

function systemBinds(): string[] {
  return [
    ...SYSTEM.flatMap((path) => (exists(path) ? ['--ro-bind', path, path] : [])),
    ...SYSTEM_LINKS.flatMap(systemLink),
  ];
}

/**
 * What lies at a root's top, each bound by itself, so that places for /agent and the like can be made without writing in
 * the folder. Links are made again, hence followed inside.
 */
function rootBinds(root: string): string[] {
  return readdirSync(root)
    .filter((name) => !OWN.has(name))
    .flatMap((name) => {
      const path = join(root, name);
      return lstatSync(path).isSymbolicLink()
        ? ['--symlink', readlinkSync(path), `/${name}`]
        : ['--ro-bind', path, `/${name}`];
    });
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function systemLink(path: string): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  return found.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
}

/** For `--args`: each option followed by NUL, which therefore must not be in one. */
export function nulSeparated(options: readonly string[]): string {
  const bad = options.find((option) => option.includes('\0'));
  if (bad !== undefined)
    throw new SandboxError(`an argument of bubblewrap contains NUL: ${JSON.stringify(bad)}`);
  return options.map((option) => `${option}\0`).join('');
}
