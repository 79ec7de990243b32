import { existsSync, readFileSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Sandbox } from '../sandbox.ts';
import type { SandboxExit, SandboxLimits } from '../specification.ts';
import { hierarchies } from './hierarchies.ts';
import { probeCells } from './probe.ts';
import { needing } from '../testing/needing.ts';

const LIMITS = { memoryMiB: 128, processes: 32, tmpMiB: 2 };
const counted = probeCells() !== null;

async function python(
  sandbox: Sandbox,
  script: string,
  limits: SandboxLimits = LIMITS,
): Promise<{ exit: SandboxExit; out: string; cpuMs: number }> {
  const running = await sandbox.start({
    command: ['/usr/bin/python3', '-c', script],
    bindings: [],
    limits,
  });
  const exit = await running.exit;
  const out = Buffer.alloc(4096);
  const length = readSync(running.stdout, out);
  running.close();
  return { exit, out: out.toString('utf8', 0, length).trim(), cpuMs: running.usage().cpuMs };
}

/** Fills shared memory in pieces, and lets go of each so that no process has it resident. */
const UNSEEN = (source: string): string => `
import mmap, os
memory = []
try:
    for _ in range(64):
        m = ${source}
        for at in range(0, len(m), 1 << 20):
            m[at:at + (1 << 20)] = b'x' * (1 << 20)
            m.madvise(mmap.MADV_DONTNEED, at, 1 << 20)
        memory.append(m)
    print('BREACH')
except OSError as error:
    print(error.errno)`;
const WAYS: [string, string][] = [
  ['anonymous', 'mmap.mmap(-1, 1 << 24)'],
  ['of /dev/zero', "mmap.mmap(os.open('/dev/zero', os.O_RDWR), 1 << 24)"],
];

/** Groups of this process' sandboxes that are there now. */
function groups(): string[] {
  const text = (name: string): string => readFileSync(`/proc/self/${name}`, 'latin1');
  return hierarchies(text('mountinfo'), text('cgroup')).flatMap(({ folder }) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.startsWith(`arena-${process.pid}-`))
          .map((name) => join(folder, name))
      : [],
  );
}

describe('without control groups', () => {
  const sandbox = new Sandbox({ controlGroups: false });

  it('the description says so', () => {
    expect(sandbox.description).not.toContain('cgroup');
  });

  it.each(WAYS)('shared memory %s that no watchdog sees is refused', async (_name, source) => {
    const { exit, out } = await python(sandbox, UNSEEN(source));
    expect(exit).toEqual({ cause: 'exited', code: 0 });
    expect(out).toMatch(/^(1|19)$/);
  });
});

needing(
  'root, or a delegated group',
  counted,
  describe,
)('with control groups', () => {
  const sandbox = new Sandbox();

  it('the description says which', () => {
    expect(sandbox.description).toMatch(/; cgroup v[12] \(memory, pids/);
  });

  it.each(WAYS)('shared memory %s is counted', async (_name, source) => {
    const { exit } = await python(sandbox, UNSEEN(source));
    // By the group itself, or by who looks at its figures and comes first.
    expect(exit.cause === 'memory' ? exit.usedMiB : exit).toBeGreaterThanOrEqual(128);
  });

  it('processor time is that of all processes, those that are gone included', async () => {
    const { exit, cpuMs } = await python(
      sandbox,
      `
import os, time
for _ in range(3):
    if os.fork() == 0:
        while time.process_time() < 0.1: pass
        os._exit(0)
    os.wait()`,
    );
    expect(exit).toEqual({ cause: 'exited', code: 0 });
    expect(cpuMs).toBeGreaterThan(300);
    expect(cpuMs).toBeLessThan(2000);
  });

  it('no more processor time is given than allowed, to all threads together', async () => {
    const spin = `
import threading, subprocess, sys, time
end = time.monotonic() + 1.5
code = 'import time\\nend = time.monotonic() + 1.5\\nwhile time.monotonic() < end: pass'
others = [subprocess.Popen([sys.executable, '-c', code]) for _ in range(2)]
while time.monotonic() < end: pass
for other in others: other.wait()`;
    const began = performance.now();
    const { exit, cpuMs } = await python(sandbox, spin, { ...LIMITS, cpuPercent: 20 });
    // On a busy machine the three begin one after another, and all of it takes longer than each.
    const tookMs = performance.now() - began;
    expect(exit).toEqual({ cause: 'exited', code: 0 });
    // The kernel gives it out every tenth of a second, beforehand; what was used beyond is taken from the next.
    expect(cpuMs).toBeLessThan(tookMs * 0.2 * 2);
    expect(cpuMs).toBeGreaterThan(100);
  });

  it('a group lasts as long as its sandbox', async () => {
    // Another file of tests that ran in this process may have ended before the kernel let go of its last group.
    const others = groups();
    const running = await sandbox.start({ command: ['/usr/bin/sleep', '300'], bindings: [], limits: LIMITS });
    expect(groups().length).toBeGreaterThan(others.length);
    running.kill();
    await running.exit;
    running.close();
    expect(groups().filter((group) => !others.includes(group))).toEqual([]);
  });
});
