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

/**
 * Sums over `root` and all its descendants, of which orphans belong to `root`, the first process of their namespace. Stops once
 * there are more than `most`, so that its cost has a bound.
 */
export function sample(root: number, most = Infinity): ProcessSample {
  const total: ProcessSample = { residentKb: 0, count: 0, cpuMs: 0 };
  const queue = [root];
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    const status = read(`/proc/${pid}/status`);
    if (status === '') continue;
    total.residentKb += figure(status, 'RssAnon') + figure(status, 'RssShmem');
    total.count += figure(status, 'Threads');
    const times = read(`/proc/${pid}/stat`).split(') ').pop()?.split(' ') ?? [];
    total.cpuMs += ((Number(times[11]) || 0) + (Number(times[12]) || 0)) * (1000 / TICKS);
    if (total.count > most) break;
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

/** A process for ever: its number will be another's, its number and its start time together will not. */
export interface ProcessIdentity {
  pid: number;
  /** In ticks since the machine started. */
  startTime: number;
}

/** null if there is no such process, or it has ended. */
export function identityOf(pid: number): ProcessIdentity | null {
  const state = stateOf(pid);
  return state === null || state.zombie ? null : { pid, startTime: state.startTime };
}

/**
 * The first process of a sandbox's pid namespace, as bubblewrap told its pid; null if it is gone and the pid perhaps somebody else's. Where it
 * has lost its parent meanwhile, it is the first of its namespace and of the sandbox's uid.
 */
export function firstInside(
  pid: number,
  of: { parent: number | undefined; uid: number },
): ProcessIdentity | null {
  const identity = identityOf(pid);
  if (identity === null || stateOf(pid)?.parent === of.parent) return identity;
  const status = read(`/proc/${pid}/status`);
  const pids = /^NSpid:\s+(.*)$/m.exec(status)?.[1]?.split(/\s+/) ?? [];
  const uid = /^Uid:\s+(\d+)/m.exec(status)?.[1];
  return pids.length > 1 && pids.at(-1) === '1' && Number(uid) === of.uid ? identity : null;
}

/** Whether it runs, whoever its parent is now. */
export const isRunning = ({ pid, startTime }: ProcessIdentity): boolean =>
  identityOf(pid)?.startTime === startTime;

/** Ends it if it still runs. Never throws. */
export function endProcess(identity: ProcessIdentity): void {
  if (isRunning(identity)) signal(identity.pid);
}

/** SIGKILL to a process of the host; to 0 or a negative number it would go to others. */
export function signal(pid: number): void {
  if (!Number.isInteger(pid) || pid <= 1) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone in the meantime, or not ours to end: who asks looks again.
  }
}

/** What one line of /proc/<pid>/stat says of a process; null if there is none. */
export interface ProcessState {
  parent: number;
  /** Ended with all its threads, and only not yet asked about by its parent. */
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
    // A first thread that has ended looks like a zombie too while others of the process go on.
    zombie: (figures[0] === 'Z' || figures[0] === 'X') && Number(figures[17]) <= 1,
    startTime: Number(figures[19]),
  };
}
