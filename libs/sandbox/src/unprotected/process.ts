import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { LogTail } from '../log-tail.ts';
import type { Pipes } from '../pipes.ts';
import { sample } from '../processes.ts';
import type { SandboxExit, SandboxLimits, SandboxProcess, SandboxUsage } from '../specification.ts';

const WATCH_MS = 25;
/** What a process that got away may still hold open is not waited for. */
const LOG_MS = 200;

/** A program of this user's with pipes like a sandbox's: its limits are watched, and nothing holds it in. */
export class UnprotectedProcess implements SandboxProcess {
  readonly stdin: number;
  readonly stdout: number;
  readonly exit: Promise<SandboxExit>;
  readonly #child: ChildProcess;
  readonly #log = new LogTail();
  readonly #usage: SandboxUsage = { peakMemoryMiB: 0, peakProcesses: 0, cpuMs: 0 };
  #stopped: SandboxExit | null = null;
  #isTaken = false;
  #isClosed = false;

  /** `child` leads a process group of its own. `over` is called once it has ended. */
  constructor(child: ChildProcess, pipes: Pipes, limits: SandboxLimits, over: () => void) {
    this.#child = child;
    this.stdin = pipes.stdin.write;
    this.stdout = pipes.stdout.read;
    const stderr = new Socket({ fd: pipes.stderr.read, readable: true, writable: false });
    stderr.on('data', (chunk: Buffer) => {
      this.#log.push(chunk);
    });
    stderr.on('error', () => undefined);
    const watch = setInterval(() => {
      this.#look(limits);
    }, WATCH_MS).unref();
    this.exit = once(child, 'exit')
      .then(
        ([code, signal]): SandboxExit =>
          this.#stopped ??
          (signal === null
            ? { cause: 'exited', code: code as number }
            : { cause: 'signal', signal: signal as string }),
        (error: unknown): SandboxExit => ({ cause: 'not_started', message: (error as Error).message }),
      )
      .finally(async () => {
        clearInterval(watch);
        this.#killAll();
        if (!stderr.closed) await Promise.race([once(stderr, 'close'), delay(LOG_MS, null, { ref: false })]);
        stderr.destroy();
        over();
      });
  }

  streams(): { stdin: Writable; stdout: Readable } {
    this.#isTaken = true;
    return {
      stdin: new Socket({ fd: this.stdin, readable: false, writable: true }),
      stdout: new Socket({ fd: this.stdout, readable: true, writable: false }),
    };
  }

  kill(): void {
    this.#end({ cause: 'stopped' });
  }

  usage(): SandboxUsage {
    return { ...this.#usage };
  }

  log(): string {
    return this.#log.toString();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (!this.#isTaken) for (const fd of [this.stdin, this.stdout]) closeSync(fd);
  }

  #look({ memoryMiB, processes }: SandboxLimits): void {
    if (this.#child.pid === undefined) return;
    const { residentKb, count, cpuMs } = sample(this.#child.pid);
    const usedMiB = residentKb / 1024;
    this.#usage.peakMemoryMiB = Math.max(this.#usage.peakMemoryMiB, usedMiB);
    this.#usage.peakProcesses = Math.max(this.#usage.peakProcesses, count);
    this.#usage.cpuMs = Math.max(this.#usage.cpuMs, cpuMs);
    if (usedMiB > memoryMiB) this.#end({ cause: 'memory', usedMiB: Math.round(usedMiB) });
    else if (count > processes) this.#end({ cause: 'processes', count });
  }

  #end(exit: SandboxExit): void {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#stopped ??= exit;
    this.#killAll();
  }

  #killAll(): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // Nobody of the group is left.
    }
  }
}
