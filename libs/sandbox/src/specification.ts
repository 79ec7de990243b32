/** What is asked of a sandbox and what it gives back: the one interface, whatever closes the doors behind it. */
import type { Readable, Writable } from 'node:stream';

export interface SandboxLimits {
  /** Resident memory of all its processes, MiB. */
  memoryMiB: number;
  /** Processes and threads. */
  processes: number;
  /** Size of /tmp, and of /dev/shm, MiB; also the largest file that can be written. */
  tmpMiB: number;
  /** Open files of each process; default 256. Node opens about 20, a model in many files some more. */
  openFiles?: number;
  /** Processor time for each time that passes, in percent of one processor, held where there are control groups; default: all there is. */
  cpuPercent?: number;
}

/** A file or folder of the host, seen read-only inside. */
export interface Binding {
  source: string;
  target: string;
}

export interface SandboxSpecification {
  /** Program and arguments, as paths inside. */
  command: readonly string[];
  bindings: readonly Binding[];
  /** A folder that is seen as the root, read-only, in the place of this machine's programs and libraries. */
  root?: string;
  limits: SandboxLimits;
  /**
   * A fresh folder of the host's, in a folder that only the host may write, where the program may write files of at most
   * `fileMiB` each: for the platform's own programs, never for agents. It is the host's again once the sandbox has ended, its
   * content stays the sandbox's user's: the host follows no name in it.
   */
  writable?: Binding & { fileMiB: number };
  /** Environment of the program, beside HOME, PATH and LANG. */
  environment?: Readonly<Record<string, string>>;
  /** Bytes that are written to standard input at once, as far as known: the pipe is made to hold them. */
  stdinBytes?: number;
}

/** How the sandbox's first process ended, and everything in it with it. */
export type SandboxExit =
  | { cause: 'exited'; code: number }
  | { cause: 'signal'; signal: string }
  /** The watchdog found more resident memory than allowed, or the kernel ended a process when its group had no more. */
  | { cause: 'memory'; usedMiB: number }
  /** The watchdog found more processes and threads than allowed. */
  | { cause: 'processes'; count: number }
  /** `kill()` was called. */
  | { cause: 'stopped' }
  /** Processes of it could not be ended within ten seconds of SIGKILL: the platform's fault, or its kernel's. The sandbox is never used again. */
  | { cause: 'not_ended'; message: string }
  /** The sandbox itself did not come up: our fault; `message` is bubblewrap's. */
  | { cause: 'not_started'; message: string };

/** Something of the platform's that went wrong with a sandbox, and that somebody should look at. */
export interface SandboxFault {
  /** When, in milliseconds since 1970. */
  at: number;
  /** `not_ended`: of a sandbox of this process; `not_swept`: of a worker that died; `watch`: its limits were not watched for a moment. */
  kind: 'not_ended' | 'not_swept' | 'watch';
  /** What happened and what to do, in one line. */
  message: string;
}

export interface SandboxUsage {
  /** Most resident memory seen at once, MiB. */
  peakMemoryMiB: number;
  /** Most processes and threads seen at once. */
  peakProcesses: number;
  /** User and system time, milliseconds: of all its processes where a control group counts it, else of those alive at the last look. */
  cpuMs: number;
}

export interface SandboxProcess {
  /** File descriptors of the host's ends: blocking pipes, to be read and written by a thread. */
  readonly stdin: number;
  readonly stdout: number;
  /**
   * The host's ends for an event loop, in place of `stdin` and `stdout`: their streams close them. Once, and before anything
   * is written or read by the descriptors.
   */
  streams(): { stdin: Writable; stdout: Readable };
  /**
   * Resolves when no process of the sandbox is left, or at the latest some twenty seconds after `kill()`: ten for its first
   * process to end, ten for those left then, one for what is in the pipes. Never rejects.
   */
  readonly exit: Promise<SandboxExit>;
  /** Ends every process in it at once. Safe to call again and after the end. */
  kill(): void;
  usage(): SandboxUsage;
  /** The last 16 KiB of standard error, with control characters made visible. */
  log(): string;
  /** Closes the host's ends; to be called after `exit`, once no thread uses them. */
  close(): void;
}

/** What starts programs for others: sandboxes, or for development what only looks like them. */
export interface Sandboxes {
  /** One line, stored with each score: what held the agent in. */
  readonly description: string;
  /** Rejects with SandboxError where none can be made. */
  probe(): Promise<void>;
  /** What went wrong since this process began, the last hundred: for the health page. Empty on a machine that is well. */
  faults(): readonly SandboxFault[];
  /** A start will follow soon. */
  expect(): void;
  /** Rejects with SandboxError for what goes wrong until it was forked; what goes wrong later is told by `exit`. */
  start(specification: SandboxSpecification): Promise<SandboxProcess>;
}
