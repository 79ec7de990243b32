import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Measure } from '@arena/benchmark';
import { probeCells } from '../cgroups/probe.ts';
import { look, type Source } from '../watch/look.ts';

const LOOKS = 400;
const MANY = 60;
const THREADS = 8;
const LIMITS = { memoryMiB: 2048, processes: 2 * MANY * THREADS, tmpMiB: 1 };

/** Processes that sleep, each with threads that sleep; says a byte once all are there. */
const sleepers = (processes: number): string => `
import os, threading, time
ready, told = os.pipe()
for _ in range(${processes - 1}):
    if os.fork() == 0: break
for _ in range(${THREADS - 1}): threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
os.write(told, b"x")
if os.getpgid(0) == os.getpid():
    for _ in range(${processes}): os.read(ready, 1)
    os.write(1, b"x")
time.sleep(1000)`;

/** Processor time of one look, milliseconds, on whatever thread it is. */
function cost(source: Source): number {
  look(source);
  const before = process.cpuUsage();
  for (let i = 0; i < LOOKS; i++) look(source);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / LOOKS / 1000;
}

async function costs(processes: number): Promise<{ group: number | null; tree: number }> {
  const cell = probeCells()?.make(LIMITS) ?? null;
  const child = spawn('/usr/bin/python3', ['-c', sleepers(processes)], {
    ...{ detached: true, env: {}, stdio: ['ignore', 'pipe', 'inherit'] },
  });
  if (child.pid === undefined) throw new Error('python3 could not be started');
  cell?.enter(child.pid);
  const ended = once(child, 'exit');
  try {
    await once(child.stdout as NodeJS.EventEmitter, 'data');
    return {
      group: cell === null ? null : cost({ kind: 'group', counters: cell.counters }),
      tree: cost({ kind: 'tree', root: child.pid, most: LIMITS.processes }),
    };
  } finally {
    process.kill(-child.pid, 'SIGKILL');
    await ended;
    await cell?.remove();
  }
}

/** What one look at a sandbox costs, with one process in it and with sixty, of eight threads each. */
export async function watching(tell: (measure: Measure) => void): Promise<void> {
  const one = await costs(1);
  const many = await costs(MANY);
  if (one.group !== null && many.group !== null) {
    tell({ name: 'a look, 1 process', unit: 'ms', value: one.group });
    tell({ name: `a look, ${MANY} processes`, unit: 'ms', value: many.group, must: { most: 0.5 } });
    tell({ name: `${MANY} processes beside 1`, unit: '×', value: many.group / one.group, must: { most: 2 } });
  }
  // Those that look rest nine times as long as they looked, so that this is a tenth of one processor at most.
  tell({ name: 'a look without groups, 1 process', unit: 'ms', value: one.tree });
  tell({ name: `a look without groups, ${MANY} processes`, unit: 'ms', value: many.tree });
}
