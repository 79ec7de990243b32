import type { SandboxLimits } from '../specification.ts';

/** A control group of one sandbox. */
export interface Cell {
  /** Puts a process in; what it starts is in too. Before it starts anything. */
  enter(pid: number): void;
  /** Of all processes that ever were in it. */
  usage(): CellUsage;
  /** Ends all that is in it, and lets it start nothing more. Returns at once, never throws. */
  kill(): void;
  /** Whether nothing runs in it. */
  isEmpty(): boolean;
  /** Where its figures stand, for whoever watches it. */
  readonly counters: Counters;
  /** Removes it once nothing runs in it. Resolves to whether it is gone. */
  remove(): Promise<boolean>;
}

export interface CellUsage {
  /** User and system time, milliseconds. */
  cpuMs: number;
  /** Times that the kernel ended a process since memory ran out. */
  outOfMemory: number;
  memoryMiB: number;
}

/** Files of the kernel, and what is looked for in them. */
export interface Counters {
  /** Lines of `name bytes`. */
  memory: string;
  /** Of memory that is no file's. */
  anonymous: string;
  /** Of memory that processes may share, and of files in memory. */
  shared: string;
  /** Bytes that files in /tmp and /dev/shm may take beside the memory's limit. */
  filesBytes: number;
  /** Processes and threads. */
  pids: string;
  cpu: string;
  /** A line of it, in microseconds; null: all of it, in nanoseconds. */
  cpuLine: string | null;
}

/** A way of making cells. */
export interface Cells {
  /**
   * A cell will be entered within some milliseconds. The kernel moves a process only after a grace period of RCU, 8 to 12 ms,
   * and the next ones at once: one is asked for now, while pipes are made and the shell starts. Resolves
   * when it is over or cannot be had, and never rejects.
   */
  expect(): Promise<void>;
  /** e.g. `cgroup v1 (memory, pids, cpuacct)`: stored with each score. */
  readonly description: string;
  /** Throws if the kernel does not give one. */
  make(limits: SandboxLimits): Cell;
}

const MIB = 2 ** 20;
/** bwrap, the shell before it (2 MiB) and what the kernel keeps for processes: tables of pages, sockets, inodes. */
const SLACK_MIB = 32;
/** bwrap outside and the first process inside. */
const OWN_PROCESSES = 2;

/**
 * The watchdog's limit is the one that agents are told; this one, above it, holds for what the watchdog cannot see: files in
 * memory (/tmp and /dev/shm, each with a limit of its own) and the kernel's own memory.
 */
export function memoryBytes(limits: SandboxLimits): number {
  return (limits.memoryMiB + SLACK_MIB) * MIB + filesBytes(limits);
}

/** Of /tmp and /dev/shm together. */
export function filesBytes({ tmpMiB }: SandboxLimits): number {
  return 2 * Math.max(1, tmpMiB) * MIB;
}

export function processCount({ processes }: SandboxLimits): number {
  return processes + OWN_PROCESSES;
}

/** How often the kernel gives out shares of processors, microseconds: its own usual period. */
const PERIOD_US = 100_000;

/** Microseconds of processor time a period; null: not limited. */
export function quota({ cpuPercent }: SandboxLimits): { us: number; periodUs: number } | null {
  return cpuPercent === undefined
    ? null
    : { us: Math.max(1000, (cpuPercent * PERIOD_US) / 100), periodUs: PERIOD_US };
}

export const toMiB = (bytes: number): number => bytes / MIB;
