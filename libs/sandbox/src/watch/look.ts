import { figure } from '../cgroups/files.ts';
import { readOr } from '../cgroups/read-or.ts';
import type { Counters } from '../cgroups/cell.ts';
import { sample } from '../processes.ts';

/** Where a sandbox's figures come from: its control group's counters, or /proc, from its first process down. */
export type Source =
  | { kind: 'group'; counters: Counters }
  /** No more than `most` processes and threads are counted: then it has too many anyway. */
  | { kind: 'tree'; root: number; most: number };

export interface Figures {
  /** Resident memory that is no file's, MiB; in a control group, memory that is shared counts above what files may take. */
  memoryMiB: number;
  /** Processes and threads, bubblewrap's first inside included. */
  count: number;
  /** User and system time, milliseconds. */
  cpuMs: number;
}

const MIB = 2 ** 20;

/** Three reads in a control group, whatever is in it; without one, four for each process and one for each thread. */
export function look(source: Source): Figures {
  if (source.kind === 'tree') {
    const { residentKb, count, cpuMs } = sample(source.root, source.most);
    return { memoryMiB: residentKb / 1024, count, cpuMs };
  }
  const { memory, anonymous, shared, filesBytes, pids, cpu, cpuLine } = source.counters;
  const held = readOr(memory, '');
  const spent = readOr(cpu, '0');
  return {
    memoryMiB: (figure(held, anonymous) + Math.max(0, figure(held, shared) - filesBytes)) / MIB,
    // Without bubblewrap's outside.
    count: Math.max(0, Number(readOr(pids, '0')) - 1),
    cpuMs: cpuLine === null ? Number(spent) / 1e6 : figure(spent, cpuLine) / 1e3,
  };
}
