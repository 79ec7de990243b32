/** Takes away what bounds memory, processes, files and processor time: what one layer holds by itself, and what none holds. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { assembleFilter } from './seccomp/filter.ts';
import { needing } from './testing/needing.ts';
import {
  LIMITS,
  all,
  cells,
  cut,
  isRoot,
  noGroup,
  option,
  python,
  run,
  whole,
  type Without,
} from './testing/taken-apart.ts';

const noRlimit =
  (letter: string): Without =>
  (parts) => ({ ...parts, outer: cut(parts.outer, new RegExp(`ulimit -${letter} \\d+`)) });

interface Bound {
  name: string;
  probe: string;
  /** What is not looked at here. */
  given?: Without;
  /** Each holds by itself. */
  layers: Record<string, Without>;
}

const inGroups = cells === null ? {} : { 'the control group': noGroup };

const BOUNDS: Bound[] = [
  {
    name: 'the memory of processes',
    probe: python(`
import time
print("inside", flush=True)
taken = []
for _ in range(30): taken.append(b"x" * (1 << 24))
time.sleep(2)
print("BREACH")`),
    layers: {
      'the watchdog': (parts) => ({ ...parts, watched: { ...parts.watched, memoryMiB: Infinity } }),
      ...inGroups,
    },
  },
  {
    name: 'the number of processes',
    probe: python(`
import os, signal, time
print("inside", flush=True)
try:
    for _ in range(60):
        if os.fork() == 0: signal.pause()
except OSError: os._exit(0)
time.sleep(2)
print("BREACH", flush=True)`),
    // What forks share counts for each of them.
    given: (parts) => ({ ...parts, watched: { ...parts.watched, memoryMiB: Infinity } }),
    layers: {
      'the watchdog': (parts) => ({ ...parts, watched: { ...parts.watched, processes: Infinity } }),
      ...inGroups,
      ...(isRoot ? { 'the limit of a uid': noRlimit('u') } : {}),
    },
  },
  {
    name: 'open files',
    probe: python(`
import os
print("inside", flush=True)
try: print("BREACH", [os.dup(0) for _ in range(300)][-1])
except OSError as error: print(error)`),
    layers: { 'its rlimit': noRlimit('n') },
  },
  {
    name: 'mapped memory',
    probe: python(`
import mmap
print("inside", flush=True)
try: print("BREACH", len(mmap.mmap(-1, 3 << 30, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)))
except OSError as error: print(error)`),
    layers: { 'its rlimit': noRlimit('d') },
  },
];

/** Where the host itself lets no process leave a core, there is nothing to take away. */
const coresOnHost = spawnSync('/bin/bash', ['-c', 'ulimit -Hc'], { encoding: 'utf8' }).stdout.trim() !== '0';
if (coresOnHost) {
  BOUNDS.push({
    name: 'cores, which a program of the host may read',
    probe: 'echo inside; [ "$(ulimit -Hc)" != 0 ] && echo BREACH',
    layers: { 'its rlimit': noRlimit('c') },
  });
}

async function isHeld(probe: string, without: Without): Promise<void> {
  const { said } = await run(probe, without);
  expect(said).toContain('inside');
  expect(said).not.toContain('BREACH');
}

describe.each(BOUNDS.map((bound) => [bound.name, bound] as const))(
  '%s',
  (_name, { probe, layers, given = whole }) => {
    const found = Object.entries(layers);
    it.each(found)('is held by %s alone', async (name) => {
      const others = found.filter(([other]) => other !== name).map(([, without]) => without);
      await isHeld(probe, all(given, ...others));
    });

    it(`is not held without ${found.map(([name]) => name).join(', ')}`, async () => {
      const { said } = await run(probe, all(given, ...found.map(([, without]) => without)));
      expect(said).toContain('BREACH');
    });
  },
);

/** Fills shared memory in pieces, and lets go of each so that no process has it resident. */
const unseen = (source: string): string =>
  python(`
import mmap, os
print("inside", flush=True)
memory = []
try:
    for _ in range(24):
        m = ${source}
        for at in range(0, len(m), 1 << 20):
            m[at:at + (1 << 20)] = b"x" * (1 << 20)
            m.madvise(mmap.MADV_DONTNEED, at, 1 << 20)
        memory.append(m)
    print("BREACH")
except OSError as error: print(error.errno)`);

const ZERO_BIND = ['--dev-bind', '/dev/null', '/dev/zero'];
/** As on a machine without control groups, where such memory is refused. */
const uncounted: Without = (parts) => ({
  ...(cells === null ? parts : afterDev(parts)),
  group: null,
  filter: assembleFilter({ unseenMemory: false }),
});
const afterDev = option(
  () => ['--dev', '/dev'],
  () => ['--dev', '/dev', ...ZERO_BIND],
);

describe.each<[string, string, Without]>([
  [
    'anonymous',
    unseen('mmap.mmap(-1, 1 << 24)'),
    (parts) => ({ ...parts, filter: assembleFilter({ unseenMemory: true }) }),
  ],
  ['of /dev/zero', unseen('mmap.mmap(os.open("/dev/zero", os.O_RDWR), 1 << 24)'), option(() => ZERO_BIND)],
])('memory that no process has mapped, %s', (_name, probe, without) => {
  it('is refused where there is no control group, and unseen if it were not', async () => {
    await isHeld(probe, uncounted);
    expect((await run(probe, all(uncounted, without))).said).toContain('BREACH');
  });

  needing(
    'control groups',
    cells !== null,
    it,
  )('is counted by a control group, and by nothing else', async () => {
    expect((await run(probe)).exit.cause).toBe('memory');
    expect((await run(probe, noGroup)).said).toContain('BREACH');
  });
});

needing<() => void>(
  'control groups',
  cells !== null,
  describe,
)('processor time', () => {
  /** Three processes for one second: BREACH if they had more than 15 % of a processor, which a loaded machine has, too. */
  const probe = python(`
import os, time
print("inside", flush=True)
before = sum(os.times()[:4])
end = time.monotonic() + 1
for _ in range(2):
    if os.fork() == 0:
        while time.monotonic() < end: pass
        os._exit(0)
while time.monotonic() < end: pass
for _ in range(2): os.wait()
used = sum(os.times()[:4]) - before
print("BREACH" if used > 0.15 else "held", used)`);
  const capped: Without = (parts) => ({ ...parts, group: { ...LIMITS, cpuPercent: 5 } });

  it('is no more than its share of the control group, and all there is without', async () => {
    await isHeld(probe, capped);
    // Some tries: this machine may be short of processor time.
    let said = '';
    for (let left = 5; left > 0 && !said.includes('BREACH'); left--) said = (await run(probe)).said;
    expect(said).toContain('BREACH');
  });
});
