import { readFileSync, readdirSync } from 'node:fs';

/** What /proc says of a sandbox's processes. They are read by the host's pids, from outside. */
export interface ProcessSample {
  /** Anonymous and shared resident memory, kB; files mapped from disk are the page cache's. */
  residentKb: number;
  /** Processes and their threads. */
  count: number;
  cpuMs: number;
}

/** Clock ticks a second in /proc/<pid>/stat; 100 on every Linux that Node runs on. */
const TICKS = 100;

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // The process ended between being listed and being read.
    return '';
  }
}

/** Sums over `root` and all its descendants; orphans belong to `root`, the first process of their namespace. */
export function sample(root: number): ProcessSample {
  const total: ProcessSample = { residentKb: 0, count: 0, cpuMs: 0 };
  const queue = [root];
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    const status = read(`/proc/${pid}/status`);
    if (status === '') continue;
    total.residentKb += figure(status, 'RssAnon') + figure(status, 'RssShmem');
    total.count += figure(status, 'Threads');
    const times = read(`/proc/${pid}/stat`).split(') ').pop()?.split(' ') ?? [];
    total.cpuMs += ((Number(times[11]) || 0) + (Number(times[12]) || 0)) * (1000 / TICKS);
    queue.push(...children(pid));
  }
  return total;
}

function figure(status: string, name: string): number {
  const at = status.indexOf(`\n${name}:`);
  return at < 0 ? 0 : Number.parseInt(status.slice(at + name.length + 2), 10) || 0;
}

/** A child is listed under the thread that forked it: all threads are asked, 11 reads for a bare Node process. */
function children(pid: number): number[] {
  let threads: string[];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  return threads.flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

/** The parent of a process, 0 if there is none (any more). */
export function parentOf(pid: number): number {
  return Number(read(`/proc/${pid}/stat`).split(') ').pop()?.split(' ')[1]) || 0;
}
