/** What a worker needs of its machine, looked at one by one: for those who set one up, and for those who wonder. */
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, totalmem } from 'node:os';
import { SandboxError } from '../errors.ts';
import { probeCells } from '../cgroups/probe.ts';
import { Sandbox } from '../sandbox.ts';
import { ARCHITECTURES } from '../seccomp/filter.ts';

export type Grade = 'PASS' | 'CAUTION' | 'FAIL';

export interface Finding {
  /** What was looked at. */
  name: string;
  grade: Grade;
  /** What was found. */
  found: string;
  /** What to do; null where nothing is to be done. */
  remedy: string | null;
}

/** With what the sandbox says of itself where one could be made. */
export interface Examination {
  findings: readonly Finding[];
  /** As stored with each score; null where there is none. */
  sandbox: string | null;
}

const pass = (name: string, found: string): Finding => ({ name, grade: 'PASS', found, remedy: null });

/** Starts a sandbox or two; leaves nothing behind. Never rejects. */
export async function examine(): Promise<Examination> {
  const isRoot = process.getuid?.() === 0;
  const { finding, sandbox } = await bubblewrap();
  return {
    findings: [
      system(),
      architecture(),
      finding,
      user(isRoot),
      groups(isRoot),
      processors(),
      memory(),
      pressure(),
    ],
    sandbox,
  };
}

function system(): Finding {
  if (process.platform === 'linux') return pass('system', 'Linux');
  return {
    name: 'system',
    grade: 'FAIL',
    found: process.platform,
    remedy: 'The sandbox is made of parts of Linux: use a Debian machine, real or virtual.',
  };
}

function architecture(): Finding {
  const name = 'filter of system calls';
  if (ARCHITECTURES.some((known) => known.name === arch())) return pass(name, `for ${arch()}`);
  return {
    name,
    grade: 'FAIL',
    found: `none for ${arch()}`,
    remedy: `Use a machine with one of ${ARCHITECTURES.map((known) => known.name).join(', ')}.`,
  };
}

async function bubblewrap(): Promise<{ finding: Finding; sandbox: string | null }> {
  const name = 'bubblewrap and namespaces';
  try {
    const sandbox = new Sandbox();
    await sandbox.probe();
    return { finding: pass(name, 'a sandbox was made and is gone'), sandbox: sandbox.description };
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    return {
      finding: {
        name,
        grade: 'FAIL',
        found: error.message,
        remedy:
          'apt-get install bubblewrap; sysctl kernel.unprivileged_userns_clone=1 and user.max_user_namespaces=10000; in a ' +
          'container allow namespaces in its seccomp and AppArmor profiles, as the compose file here does.',
      },
      sandbox: null,
    };
  }
}

function user(isRoot: boolean): Finding {
  const name = 'users for sandboxes';
  if (isRoot) return pass(name, 'one uid a sandbox');
  return {
    name,
    grade: 'CAUTION',
    found:
      "all sandboxes run under this user's uid: no limit of processes by uid, and agents share the user's quotas",
    remedy:
      'Run the worker as root (it gives each sandbox a uid of its own and no other right), or one worker a user.',
  };
}

function groups(isRoot: boolean): Finding {
  const name = 'control groups';
  const cells = probeCells();
  if (cells !== null) return pass(name, cells.description);
  return {
    name,
    grade: 'CAUTION',
    found: `none that can be written: limits are held by rlimits and a watchdog that looks every 25 ms; a sandbox is ended by ${isRoot ? 'its uid and its first process' : 'its first process'}`,
    remedy: isRoot
      ? 'Give the worker a writable tree with memory and pids: Delegate=yes in its systemd unit, or in a container a writable /sys/fs/cgroup.'
      : 'Run the worker by systemd with Delegate=yes, so that it may make groups below its own.',
  };
}

function processors(): Finding {
  const name = 'processors';
  const count = availableParallelism();
  if (count >= 2) return pass(name, `${count}: one for the worker, ${count - 1} for games`);
  return {
    name,
    grade: 'CAUTION',
    found: 'one: the worker that holds the clocks shares it with the agents',
    remedy: 'Give the worker two processors or more.',
  };
}

/** An agent of 512 MiB, the engine and the worker. */
const LEAST_MEMORY_MIB = 2048;

function memory(): Finding {
  const name = 'memory';
  const mib = Math.round(totalmem() / 2 ** 20);
  if (mib >= LEAST_MEMORY_MIB) return pass(name, `${mib} MiB`);
  return {
    name,
    grade: 'CAUTION',
    found: `${mib} MiB`,
    remedy: `Give it ${LEAST_MEMORY_MIB} MiB, and the phase's memoryMiB more for each shard beyond the first.`,
  };
}

/** Of ten seconds, the share in which something waited for a processor: above it clocks begin to lie. */
const BUSY_PERCENT = 50;

/** `some avg10=12.34 …` of /proc/pressure/cpu. */
export function waitingPercent(text: string): number | null {
  const found = /^some avg10=(\d+\.\d+)/m.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

function pressure(): Finding {
  const name = 'pressure on processors';
  let percent: number | null;
  try {
    percent = waitingPercent(readFileSync('/proc/pressure/cpu', 'latin1'));
  } catch {
    percent = null;
  }
  if (percent === null) {
    return {
      name,
      grade: 'CAUTION',
      found: 'the kernel does not measure it',
      remedy: 'Boot with psi=1, so that a game lost to a busy machine can be told from a slow agent.',
    };
  }
  if (percent < BUSY_PERCENT) return pass(name, `${percent} % of the last ten seconds`);
  return {
    name,
    grade: 'CAUTION',
    found: `something waited for a processor ${percent} % of the last ten seconds`,
    remedy: 'Run fewer shards (ARENA_WORKER_SHARDS) or nothing else on this machine.',
  };
}
