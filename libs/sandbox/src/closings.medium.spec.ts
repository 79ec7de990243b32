/** Takes one closing away at a time and shows that the way out it closes is then open: no closing is there for nothing. */
import { spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FD, INNER_SCRIPT, bwrapOptions, nulSeparated, outerScript, rlimitsFor } from './bubblewrap.ts';
import { assembleFilter } from './seccomp/filter.ts';
import type { SandboxSpecification } from './specification.ts';

const isRoot = process.getuid?.() === 0;
/** One a sandbox: those that have just ended still count for a while among a uid's processes. */
let nextUid = 3_990_001;
/** One beyond those that the sandbox uses itself. */
const LEAKED = Math.max(...Object.values(FD)) + 1;

interface Parts {
  options: string[];
  outer: string;
  inner: string;
  environment: Record<string, string>;
  uid: number | undefined;
}

interface Closing {
  name: string;
  /** bash, run inside; says BREACH when the way is open. */
  probe: string;
  without: (parts: Parts) => Parts;
}

let folder: string;
let leaked: number;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-closings-'));
  chmodSync(folder, 0o777);
  writeFileSync(join(folder, 'file'), 'agent\n', { mode: 0o644 });
  writeFileSync(join(folder, 'private'), 'secret\n', { mode: 0o600 });
  leaked = openSync(join(folder, 'private'), 'r');
});
afterAll(() => {
  closeSync(leaked);
  rmSync(folder, { recursive: true, force: true });
});

/** Replaces the first run of options that reads `old`; a closing that is no longer there cannot be taken away. */
function swap(options: readonly string[], old: readonly string[], by: readonly string[] = []): string[] {
  const at = options.findIndex((_, i) => old.every((word, j) => options[i + j] === word));
  if (at < 0) throw new Error(`bubblewrap is not given ${old.join(' ')}`);
  return [...options.slice(0, at), ...by, ...options.slice(at + old.length)];
}

function cut(text: string, what: RegExp, by = ''): string {
  if (!what.test(text)) throw new Error(`${what.source} is not in the script`);
  return text.replace(what, () => by);
}

const option =
  (old: () => string[], by: () => string[] = () => []) =>
  (parts: Parts): Parts => ({ ...parts, options: swap(parts.options, old(), by()) });

const NAMESPACES = ['net', 'ipc', 'uts', 'cgroup'];
const allBut = (left: string): string[] =>
  ['pid', ...NAMESPACES].filter((name) => name !== left).map((name) => `--unshare-${name}`);

const noFilter = option(() => ['--seccomp', String(FD.filter)]);
const usersInside = option(() => ['--disable-userns']);
const MAKES_USERS = 'unshare -U true && echo BREACH';

const CLOSINGS: Closing[] = [
  {
    name: 'the filter of system calls',
    probe: 'flock -n /agent/file true && echo BREACH',
    without: noFilter,
  },
  ...NAMESPACES.map((name) => ({
    name: `a ${name} namespace of its own`,
    probe: `[ "$(readlink /proc/self/ns/${name})" = "${readlinkSync(`/proc/self/ns/${name}`)}" ] && echo BREACH`,
    // bubblewrap takes a host name with a namespace for it alone.
    without: (parts: Parts): Parts => {
      const options = swap(parts.options, ['--unshare-all'], allBut(name));
      return { ...parts, options: name === 'uts' ? swap(options, ['--hostname', 'arena']) : options };
    },
  })),
  {
    name: 'a /proc of its own',
    probe: `[ -e /proc/${process.pid}/stat ] && echo BREACH`,
    without: option(
      () => ['--proc', '/proc'],
      () => ['--ro-bind', '/proc', '/proc'],
    ),
  },
  {
    name: 'a session of its own',
    probe: 'read -ra s </proc/$$/stat; [ "${s[5]}" = 0 ] && echo BREACH',
    without: option(() => ['--new-session']),
  },
  {
    name: 'a root that cannot be written',
    probe: 'mkdir /new && echo BREACH',
    without: option(() => ['--remount-ro', '/']),
  },
  {
    name: 'a /dev that cannot be written',
    probe: 'touch /dev/new && echo BREACH',
    without: option(() => ['--remount-ro', '/dev']),
  },
  {
    name: 'a submission that cannot be written',
    probe: 'echo x >/agent/new && echo BREACH',
    without: option(
      () => ['--ro-bind', folder],
      () => ['--bind', folder],
    ),
  },
  {
    name: 'the size of /tmp',
    probe: 'for f in a b; do head -c 1500000 /dev/zero >/tmp/$f || exit; done; echo BREACH',
    without: option(
      () => ['--size', '2097152', '--tmpfs', '/tmp'],
      () => ['--tmpfs', '/tmp'],
    ),
  },
  {
    name: 'the size of a file',
    probe: 'truncate -s 1G /tmp/x && echo BREACH',
    without: (parts) => ({ ...parts, outer: cut(parts.outer, /ulimit -f \d+/) }),
  },
  {
    name: 'an empty environment for bubblewrap',
    probe: 'grep -qa hunter2 /proc/1/environ && echo BREACH',
    without: (parts) => ({ ...parts, environment: { ARENA_SECRET: 'hunter2' } }),
  },
  {
    name: 'options by a descriptor',
    probe: 'tr "\\0" " " </proc/1/cmdline | grep -q -- --ro-bin[d] && echo BREACH',
    without: (parts) => ({
      ...parts,
      options: [],
      outer: cut(
        parts.outer,
        new RegExp(`--args ${FD.args}`),
        parts.options.map((word) => `'${word}'`).join(' '),
      ),
    }),
  },
  {
    name: 'closing what was inherited',
    probe: `[ -e /proc/self/fd/${LEAKED} ] && echo BREACH`,
    without: (parts) => ({ ...parts, outer: cut(parts.outer, /^for f in .*$/m) }),
  },
  {
    name: 'closing what starting needed',
    probe: `[ -e /proc/self/fd/${FD.up} ] && echo BREACH`,
    without: (parts) => ({ ...parts, inner: cut(parts.inner, /exec 3>&-.*?;/) }),
  },
  ...(isRoot
    ? [
        {
          name: 'a uid that is not root for the host',
          probe: 'cat /agent/private && echo BREACH',
          without: (parts: Parts): Parts => ({ ...parts, uid: undefined }),
        },
      ]
    : []),
];

/** What the probe wrote, in a sandbox as Sandbox starts it but for what `without` takes away. */
async function run(probe: string, without: (parts: Parts) => Parts): Promise<string> {
  const specification: SandboxSpecification = {
    command: ['/bin/bash', '-c', `echo inside; ${probe}`],
    bindings: [{ source: folder, target: '/agent' }],
    limits: { memoryMiB: 128, processes: 32, tmpMiB: 2 },
  };
  const { options, outer, inner, environment, uid } = without({
    options: bwrapOptions(specification, true),
    outer: outerScript(rlimitsFor(specification, isRoot)),
    inner: INNER_SCRIPT,
    environment: {},
    uid: isRoot ? nextUid++ : undefined,
  });
  const child = spawn('/bin/bash', ['--noprofile', '--norc', '-c', outer, inner, ...specification.command], {
    env: environment,
    cwd: '/',
    ...(uid === undefined ? {} : { uid, gid: uid }),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', leaked],
  });
  const stdio: readonly unknown[] = child.stdio;
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
  }
  for (const [fd, bytes] of [
    [FD.args, nulSeparated(options)],
    [FD.filter, assembleFilter({ unseenMemory: true })],
  ] as const) {
    const pipe = stdio[fd] as Writable;
    // What was taken away is not read.
    pipe.on('error', () => undefined);
    pipe.end(bytes);
  }
  for (const fd of [FD.up, FD.status]) (stdio[fd] as NodeJS.ReadableStream).resume();
  await new Promise((resolve) => child.once('close', resolve));
  return said;
}

describe('a closing', () => {
  it.each(CLOSINGS.map((closing) => [closing.name, closing] as const))(
    '%s: the way out is shut with it and open without',
    async (_name, { probe, without }) => {
      const held = await run(probe, (parts) => parts);
      expect(held).toContain('inside');
      expect(held).not.toContain('BREACH');
      expect(await run(probe, without)).toContain('BREACH');
    },
  );

  it('of user namespaces is doubled: only without the filter and without --disable-userns they can be made', async () => {
    for (const one of [noFilter, usersInside]) {
      const held = await run(MAKES_USERS, one);
      expect(held).toContain('inside');
      expect(held).not.toContain('BREACH');
    }
    expect(await run(MAKES_USERS, (parts) => usersInside(noFilter(parts)))).toContain('BREACH');
  });
});
