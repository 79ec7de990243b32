import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { FD } from './bubblewrap.ts';
import type { Cell } from './cgroups/cell.ts';
import { SandboxError } from './errors.ts';
import { LogTail } from './log-tail.ts';
import type { Pipes } from './pipes.ts';
import { sample, stateOf, type ProcessState } from './processes.ts';
import type { SandboxExit, SandboxLimits, SandboxProcess, SandboxUsage } from './specification.ts';

/** A process that writes 1 GB/s into fresh memory overshoots by 25 MB between two looks. */
const WATCH_MS = 25;
/** Standard error is read at 64 MB/s at most, a hundredth of the event loop's time; beyond, the writer waits. */
const LOG_BYTES_A_LOOK = 1_600_000;
/** From fork to bwrap's word of its child: 15 ms idle, ten times that on a loaded machine. */
const LAST_RESORT_MS = 1000;
/** bubblewrap's words about its own failure fit in this. */
const FAILURE_CHARACTERS = 500;
/** bwrap with its `{ "child-pid": …, "exit-code": … }` lines; more is not ours. */
const STATUS_BYTES = 4096;

/** A sandbox that was forked: watches it, reads its standard error, tells how it ended. */
export class RunningSandbox implements SandboxProcess {
  readonly stdin: number;
  readonly stdout: number;
  readonly exit: Promise<SandboxExit>;
  /** Resolves once the process exists, rejects with SandboxError if it could not be made. */
  readonly forked: Promise<void>;
  readonly #child: ChildProcess;
  readonly #limits: SandboxLimits;
  readonly #cell: Cell | null;
  readonly #log = new LogTail();
  readonly #stderr: Socket;
  readonly #usage: SandboxUsage = { peakMemoryMiB: 0, peakProcesses: 0, cpuMs: 0 };
  readonly #up: number;
  #status = '';
  /** Of the first process inside, as it was when bwrap named it. */
  #rootState: ProcessState | null = null;
  #stopped: SandboxExit | null = null;
  #ended = false;
  #lastResort: NodeJS.Timeout | null = null;
  #closed = false;
  #taken = false;
  #logBytesThisLook = 0;

  constructor(
    child: ChildProcess,
    pipes: Pipes,
    limits: SandboxLimits,
    cell: Cell | null,
    giveBack: () => void,
  ) {
    this.#cell = cell;
    this.#child = child;
    this.#limits = limits;
    this.stdin = pipes.stdin.write;
    this.stdout = pipes.stdout.read;
    this.#up = pipes.up.read;
    this.forked = once(child, 'spawn').then(
      () => undefined,
      (cause: unknown) => {
        this.#stderr.destroy();
        this.close();
        throw new SandboxError(`could not start a sandbox: ${(cause as Error).message}`, { cause });
      },
    );
    this.#stderr = new Socket({ fd: pipes.stderr.read, readable: true, writable: false });
    this.#readLog();
    this.#readStatus();
    const watch = setInterval(() => {
      this.#look();
    }, WATCH_MS);
    watch.unref();
    this.exit = this.forked
      .then(() => once(child, 'close'))
      .then(
        ([code, signal]) => this.#outcome(code as number | null, signal as string | null),
        (): SandboxExit => ({ cause: 'not_started', message: 'no process could be made' }),
      )
      .finally(async () => {
        this.#ended = true;
        clearInterval(watch);
        if (this.#lastResort) clearTimeout(this.#lastResort);
        await this.#cell?.remove();
        giveBack();
      });
  }

  streams(): { stdin: Writable; stdout: Readable } {
    this.#taken = true;
    return {
      stdin: new Socket({ fd: this.stdin, readable: false, writable: true }),
      stdout: new Socket({ fd: this.stdout, readable: true, writable: false }),
    };
  }

  kill(): void {
    this.#end({ cause: 'stopped' });
  }

  usage(): SandboxUsage {
    if (this.#cell && !this.#ended) this.#usage.cpuMs = Math.max(this.#usage.cpuMs, this.#cell.usage().cpuMs);
    return { ...this.#usage };
  }

  log(): string {
    return this.#log.toString();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const fd of this.#taken ? [this.#up] : [this.stdin, this.stdout, this.#up]) closeSync(fd);
  }

  /** The first process of the pid namespace: its death is the death of all in it. */
  #root(): number | null {
    const pid = Number(/"child-pid": (\d+)/.exec(this.#status)?.[1] ?? Number.NaN);
    return Number.isInteger(pid) ? pid : null;
  }

  #end(exit: SandboxExit): void {
    if (this.#ended) return;
    this.#stopped ??= exit;
    const root = this.#root();
    // While bwrap lives and is its parent, the pid cannot belong to anybody else. Killing it, rather than bwrap, lets
    // bwrap's end tell that nothing is left: the kernel reaps the whole namespace first.
    if (root !== null && stateOf(root)?.parent === this.#child.pid && tryKill(root)) return;
    // bwrap has not told the pid yet: it will within milliseconds (readStatus comes back here), else bwrap goes.
    this.#lastResort ??= setTimeout(() => {
      this.#child.kill('SIGKILL');
    }, LAST_RESORT_MS);
  }

  #look(): void {
    this.#logBytesThisLook = 0;
    if (this.#stderr.isPaused()) this.#stderr.resume();
    const root = this.#root();
    if (root === null || this.#ended) return;
    const { residentKb, count, cpuMs } = sample(root);
    const memoryMiB = residentKb / 1024;
    this.#usage.peakMemoryMiB = Math.max(this.#usage.peakMemoryMiB, memoryMiB);
    this.#usage.peakProcesses = Math.max(this.#usage.peakProcesses, count);
    this.#usage.cpuMs = Math.max(this.#usage.cpuMs, this.#cell?.usage().cpuMs ?? cpuMs);
    // One of the processes is bwrap's.
    if (memoryMiB > this.#limits.memoryMiB) this.#end({ cause: 'memory', usedMiB: Math.round(memoryMiB) });
    else if (count - 1 > this.#limits.processes) this.#end({ cause: 'processes', count: count - 1 });
  }

  #readLog(): void {
    this.#stderr.on('data', (chunk: Buffer) => {
      this.#log.push(chunk);
      this.#logBytesThisLook += chunk.length;
      if (this.#logBytesThisLook > LOG_BYTES_A_LOOK) this.#stderr.pause();
    });
    // Nothing to tell: without it the log is only shorter.
    this.#stderr.on('error', () => undefined);
  }

  #readStatus(): void {
    const status = streamOf(this.#child, FD.status) as Readable;
    status.setEncoding('utf8');
    status.on('data', (text: string) => {
      if (this.#status.length < STATUS_BYTES) this.#status += text;
      const root = this.#root();
      if (root !== null) this.#rootState ??= stateOf(root);
      if (this.#stopped) this.#end(this.#stopped);
    });
    status.on('error', () => undefined);
  }

  /**
   * bwrap ends when its first process inside has told how the program ended, a moment before the kernel has ended
   * whatever the program left behind. That first process becomes a zombie only after all others are gone.
   */
  async #namespaceEnd(): Promise<void> {
    const root = this.#root();
    if (root === null || this.#rootState === null) return;
    for (
      let state = stateOf(root);
      state?.startTime === this.#rootState.startTime && !state.zombie;
      state = stateOf(root)
    ) {
      await delay(1);
    }
  }

  async #outcome(code: number | null, signal: string | null): Promise<SandboxExit> {
    await this.#namespaceEnd();
    // Everything that could write is gone; what is still in the pipe is read to its end.
    this.#stderr.resume();
    if (!this.#stderr.closed) await once(this.#stderr, 'close');
    // Another process of ours may hold no end of this pipe, so this does not wait: a byte or the end is there.
    const up = readSync(this.#up, new Uint8Array(1), 0, 1, null) === 1;
    const counted = this.#cell?.usage();
    // What came and went between two looks counts too.
    if (counted) this.#usage.cpuMs = Math.max(this.#usage.cpuMs, counted.cpuMs);
    // Taking down what filled the memory may last until somebody loses patience and calls kill().
    const stopped = this.#stopped;
    if (counted && counted.outOfMemory > 0 && (stopped === null || stopped.cause === 'stopped'))
      return { cause: 'memory', usedMiB: this.#limits.memoryMiB };
    if (stopped) return stopped;
    if (!up) return { cause: 'not_started', message: this.log().trim().slice(-FAILURE_CHARACTERS) };
    if (signal !== null) return { cause: 'signal', signal };
    const told = /"exit-code": (\d+)/.exec(this.#status)?.[1];
    const status = told === undefined ? (code ?? 1) : Number(told);
    // bwrap tells a signal as 128 + its number.
    const name = Object.entries(constants.signals).find(([, number]) => number === status - 128)?.[0];
    return name === undefined ? { cause: 'exited', code: status } : { cause: 'signal', signal: name };
  }
}

/** Node's type knows the first five. */
function streamOf(child: ChildProcess, fd: number): Readable | Writable | null | undefined {
  return (child.stdio as readonly (Readable | Writable | null | undefined)[])[fd];
}

function tryKill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
