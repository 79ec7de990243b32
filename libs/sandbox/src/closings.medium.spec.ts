/** Takes one closing away at a time and shows that the way out it closes is then open: no closing is there for nothing. */
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FD } from './bubblewrap.ts';
import { heldByNobody, seenFirst } from './testing/escape.ts';
import { needing } from './testing/needing.ts';
import {
  all,
  cut,
  isRoot,
  noFilter,
  noGroup,
  option,
  python,
  run,
  swap,
  whole,
  type Parts,
  type Without,
} from './testing/taken-apart.ts';

/** So long sleeps nobody but what this very run leaves behind. */
const SECONDS = `306.${process.pid}`;
/** One beyond those that the sandbox uses itself. */
const LEAKED = Math.max(...Object.values(FD)) + 1;

interface Closing {
  name: string;
  /** bash, run inside; says BREACH when the way is open. */
  probe: string;
  without: Without;
  /** Another layer that holds by itself, and is not looked at here. */
  given?: Without;
}

let folder: string;
/** A file that only the platform may read, open in it. */
let leaked: number;
/** A file in the host's own /dev/shm. */
let shared: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-closings-'));
  chmodSync(folder, 0o777);
  writeFileSync(join(folder, 'file'), 'agent\n', { mode: 0o644 });
  writeFileSync(join(folder, 'private'), 'a line before\nsecret\n', { mode: 0o600 });
  leaked = openSync(join(folder, 'private'), 'r+');
  shared = mkdtempSync('/dev/shm/arena-closings-');
});
afterAll(() => {
  closeSync(leaked);
  rmSync(shared, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

const ABSTRACT = `arena-closings-${process.pid}`;
const listening = createServer((socket) => socket.destroy());
beforeAll(async () => {
  listening.listen(`\0${ABSTRACT}`);
  await once(listening, 'listening');
});
afterAll(() => {
  listening.close();
});

const NAMESPACES = ['pid', 'net', 'ipc', 'uts', 'cgroup'];
const allBut = (left: string): string[] =>
  NAMESPACES.filter((name) => name !== left).map((name) => `--unshare-${name}`);

const withoutNamespace =
  (name: string): Without =>
  (parts) => {
    const options = swap(parts.options, ['--unshare-all'], allBut(name));
    // bubblewrap takes a host name with a namespace for it alone.
    return { ...parts, options: name === 'uts' ? swap(options, ['--hostname', 'arena']) : options };
  };
const usersInside = option(() => ['--disable-userns']);
const MAKES_USERS = 'unshare -U true && echo BREACH';

const OWN_DEVICES = 'null zero full random urandom tty console pts ptmx shm fd stdin stdout stderr core'
  .split(' ')
  .map((name) => `/dev/${name}`)
  .join('|');

const CLOSINGS: Closing[] = [
  {
    name: 'the filter of system calls',
    probe: 'flock -n /agent/file true && echo BREACH',
    without: noFilter,
  },
  ...NAMESPACES.map((name) => ({
    name: `a ${name} namespace of its own`,
    probe: `[ "$(readlink /proc/self/ns/${name})" = "${readlinkSync(`/proc/self/ns/${name}`)}" ] && echo BREACH`,
    without: withoutNamespace(name),
  })),
  {
    name: "the net namespace, for the host's abstract sockets",
    probe: `python3 -c 'import socket; socket.socket(socket.AF_UNIX).connect("\\0${ABSTRACT}"); print("BREACH")'`,
    without: withoutNamespace('net'),
  },
  {
    name: 'a /proc of its own',
    probe: `[ -e /proc/${process.pid}/stat ] && echo BREACH`,
    without: option(
      () => ['--proc', '/proc'],
      () => ['--ro-bind', '/proc', '/proc'],
    ),
  },
  {
    name: 'nothing in /proc of the first process, whose memory could be written there',
    probe: `for p in /proc/1 /proc/self/../1 /proc/1/task/1 /proc/thread-self/../../../1 /proc/self/root/proc/1 /proc/1/../1; do
      (exec 9<>$p/mem) 2>/dev/null && echo BREACH; done; ls -A /proc/1`,
    without: seenFirst,
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
    probe: 'for f in a b; do head -c 1500000 /dev/urandom >/tmp/$f || exit; done; echo BREACH',
    without: option(
      () => ['--size', '2097152', '--tmpfs', '/tmp'],
      () => ['--tmpfs', '/tmp'],
    ),
  },
  {
    name: 'a /dev of its own',
    // Terminals of the host's kernel, or what else it has.
    probe: `for f in /dev/*; do case $f in ${OWN_DEVICES}) ;; *) echo BREACH $f; exit;; esac; done`,
    without: option(
      () => ['--dev', '/dev'],
      () => ['--dev-bind', '/dev', '/dev'],
    ),
  },
  {
    name: 'a /dev/shm of its own',
    probe: 'ls -d /dev/shm/arena-closings-* && echo BREACH',
    without: option(
      () => ['--size', '2097152', '--tmpfs', '/dev/shm'],
      () => ['--bind', '/dev/shm', '/dev/shm'],
    ),
  },
  {
    name: 'the size of /dev/shm',
    probe: 'for f in a b; do head -c 1500000 /dev/urandom >/dev/shm/$f || exit; done; echo BREACH',
    without: option(
      () => ['--size', '2097152', '--tmpfs', '/dev/shm'],
      () => ['--tmpfs', '/dev/shm'],
    ),
  },
  {
    name: 'a pipe for standard output',
    // What was written to a file before, by whomever, could be read there.
    probe: 'exec 9<&1; grep -q secret <&9 && echo BREACH >&2',
    without: (parts) => ({ ...parts, output: leaked }),
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
    given: seenFirst,
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
    given: seenFirst,
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

/** What a probe said, whichever way it was. */
const said = async (probe: string, without?: Without): Promise<string> =>
  (await run(`echo inside; ${probe}`, without, { folder, leaked })).said;

async function isShut(probe: string, without?: Without): Promise<void> {
  const held = await said(probe, without);
  expect(held).toContain('inside');
  expect(held).not.toContain('BREACH');
}

describe('a closing', () => {
  it.each(CLOSINGS.map((closing) => [closing.name, closing] as const))(
    '%s: the way out is shut with it and open without',
    async (_name, { probe, without, given = whole }) => {
      await isShut(probe, given);
      expect(await said(probe, all(given, without))).toContain('BREACH');
    },
  );

  it('of user namespaces is doubled: only without the filter and without --disable-userns they can be made', async () => {
    for (const one of [noFilter, usersInside]) await isShut(MAKES_USERS, one);
    expect(await said(MAKES_USERS, all(usersInside, noFilter))).toContain('BREACH');
  });

  it('the end with the platform: what is tied to nobody goes on', async () => {
    const goesOn = async (without?: Without): Promise<string> => {
      const inside = ({ kill }: { kill: () => void }): void => {
        kill();
      };
      return (await run('echo inside; sleep 2; echo BREACH', without, { between: true, inside })).said;
    };
    expect(await goesOn()).toBe('inside\n');
    const untied = option(() => ['--die-with-parent']);
    // The host's own end of a sandbox comes second: it ends what is left, too.
    expect(await goesOn(untied)).toBe('inside\n');
    expect(await goesOn((parts) => heldByNobody(untied(parts)))).toContain('BREACH');
  });

  it('the pid namespace: what hides from its end goes on', async () => {
    const leaves = async (without?: Without): Promise<number[]> => {
      await run(`(setsid sleep ${SECONDS} >/dev/null 2>&1 </dev/null &); echo inside`, without);
      return sleepers(SECONDS);
    };
    expect(await leaves()).toEqual([]);
    // Without a group, which could not be removed while somebody is in it.
    let left = await leaves(all(withoutNamespace('pid'), noGroup));
    // It may only be about to become sleep.
    for (let looks = 200; looks > 0 && left.length === 0; looks--) {
      await delay(10);
      left = sleepers(SECONDS);
    }
    for (const pid of left) process.kill(pid, 'SIGKILL');
    expect(left.length).toBe(1);
  });

  it('the filter, between two sandboxes: one sees whether the other has locked a file', async () => {
    const seen = async (without?: Without): Promise<string> => {
      let other = '';
      await run('exec 5</agent/file; flock 5; echo inside; read -r', without, {
        folder,
        inside: async ({ kill }) => {
          const { said } = await run(
            'exec 5</agent/file; flock -n 5; [ $? = 1 ] && echo BREACH || echo nothing',
            without,
            { folder },
          );
          other = said;
          kill();
        },
      });
      return other;
    };
    // With the filter flock says 65 or so: there is no such call.
    expect(await seen()).toContain('nothing');
    expect(await seen(noFilter)).toContain('BREACH');
  });

  needing(
    'root',
    isRoot,
    it,
  )('a uid of its own: the processes of another sandbox count for this one', async () => {
    const starts = (count: number, then: string): string =>
      python(`
import os, signal
try:
    for _ in range(${count}):
        if os.fork() == 0: signal.pause()
    print("inside", flush=True)
    ${then}
except OSError as error: print("BREACH", error)`);
    const beside = async (uid?: number): Promise<string> => {
      const own: Without = (parts) => ({ ...parts, uid: uid ?? parts.uid });
      let other = '';
      await run(starts(24, 'signal.pause()'), own, {
        inside: async ({ kill }) => {
          other = (await run(starts(16, 'os._exit(0)'), own)).said;
          kill();
        },
      });
      return other;
    };
    const both = 3_989_000;
    expect(await beside()).toBe('inside\n');
    expect(await beside(both)).toContain('BREACH');
  });
});

/** Pids of the host's processes that sleep so long. */
function sleepers(seconds: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1') === `sleep\0${seconds}\0`;
      } catch {
        return false;
      }
    })
    .map(Number);
}
