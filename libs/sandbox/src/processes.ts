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

/** What one line of /proc/<pid>/stat says of a process; null if there is none. */
export interface ProcessState {
  parent: number;
  /** Ended, and only not yet asked about by its parent. */
  zombie: boolean;
  /** In ticks since the machine started: with the pid, one process for ever. */
  startTime: number;
}

export function stateOf(pid: number): ProcessState | null {
  // The second figure is the command in brackets, which may itself hold spaces and brackets.
  const figures = read(`/proc/${pid}/stat`).split(') ').pop()?.split(' ') ?? [];
  if (figures.length < 20) return null;
  return {
    parent: Number(figures[1]),
    zombie: figures[0] === 'Z' || figures[0] === 'X',
    startTime: Number(figures[19]),
  };
}
