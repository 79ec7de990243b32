import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { FD } from './bubblewrap.ts';
import { SandboxError } from './errors.ts';
import type { Grip } from './grip.ts';
import { LogTail } from './log-tail.ts';
import { releaseWaiting, type Pipes } from './pipes.ts';
import { firstInside } from './processes.ts';
import type {
  SandboxExit,
  SandboxFault,
  SandboxLimits,
  SandboxProcess,
  SandboxUsage,
} from './specification.ts';
import type { Source } from './watch/look.ts';
import { OWN_PROCESSES } from './watch/messages.ts';
import { watcher, type Watching } from './watch/watcher.ts';

/** How often standard error may be read on. */
const LOG_MS = 25;
/** Standard error is read at 64 MB/s at most, a hundredth of the event loop's time; beyond, the writer waits. */
const LOG_BYTES_A_LOOK = 1_600_000;
/**
 * From SIGKILL to the end of all, bubblewrap's own included: 60 ms for 300 processes, some hundred on a loaded machine. Beyond, something
 * in the kernel does not come back.
 */
const END_MS = 10_000;
/** From fork to bwrap's word of its child: 15 ms idle, ten times that on a loaded machine. */
const LAST_RESORT_MS = 1000;
/** For what is in a pipe when nobody is left who could write. */
const DRAIN_MS = 1000;
/** bubblewrap's words about its own failure fit in this. */
const FAILURE_CHARACTERS = 500;
/** bwrap with its `{ "child-pid": …, "exit-code": … }` lines; more is not ours. */
const STATUS_BYTES = 4096;

/** What a sandbox is ended by, and what is to be done then. */
export interface Kept {
  /** What all its processes are held by. */
  grip: Grip;
  limits: SandboxLimits;
  /** Called once it is over; not if some of its processes are left: then nothing of it may be used again. */
  over: () => void;
  onFault: (kind: SandboxFault['kind'], message: string) => void;
  /** For SIGKILL to do its work. */
  endMs?: number;
}

/** A sandbox that was forked: watches it, reads its standard error, tells how it ended. */
export class RunningSandbox implements SandboxProcess {
  readonly stdin: number;
  readonly stdout: number;
  readonly exit: Promise<SandboxExit>;
  /** Resolves once the process exists, rejects with SandboxError if it could not be made. */
  readonly forked: Promise<void>;
  readonly #child: ChildProcess;
  readonly #kept: Kept;
  readonly #endMs: number;
  readonly #log = new LogTail();
  readonly #stderr: Socket;
  readonly #up: number;
  readonly #late: Promise<'late'>;
  #becomeLate: () => void = () => undefined;
  #watching: Watching | null = null;
  #cpuMs = 0;
  #status = '';
  #stopped: SandboxExit | null = null;
  #ended = false;
  #timers: NodeJS.Timeout[] = [];
  #closed = false;
  #taken = false;
  #logBytesThisLook = 0;

  constructor(child: ChildProcess, pipes: Pipes, kept: Kept) {
    this.#child = child;
    this.#kept = kept;
    this.#endMs = kept.endMs ?? END_MS;
    this.stdin = pipes.stdin.write;
    this.stdout = pipes.stdout.read;
    this.#up = pipes.up.read;
    this.#late = new Promise((resolve) => {
      this.#becomeLate = () => {
        resolve('late');
      };
    });
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
    if (kept.grip.cell !== null) this.#watch({ kind: 'group', counters: kept.grip.cell.counters });
    const reading = setInterval(() => {
      this.#logBytesThisLook = 0;
      if (this.#stderr.isPaused()) this.#stderr.resume();
    }, LOG_MS);
    reading.unref();
    this.exit = this.forked
      .then(
        () => this.#over(),
        (): SandboxExit => ({ cause: 'not_started', message: 'no process could be made' }),
      )
      .finally(() => {
        this.#ended = true;
        clearInterval(reading);
        this.#timers.forEach(clearTimeout);
        this.#watching?.stop();
      })
      .then(async (exit) => {
        if (exit.cause === 'not_ended') return exit;
        await kept.grip.letGo();
        kept.over();
        return exit;
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
    const seen = this.#watching?.usage() ?? { peakMemoryMiB: 0, peakProcesses: 0, cpuMs: 0 };
    const { cell } = this.#kept.grip;
    if (cell && !this.#ended) this.#cpuMs = Math.max(this.#cpuMs, cell.usage().cpuMs);
    return { ...seen, cpuMs: Math.max(seen.cpuMs, this.#cpuMs) };
  }

  log(): string {
    return this.#log.toString();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const fd of this.#taken ? [this.#up] : [this.stdin, this.stdout, this.#up]) closeSync(fd);
  }

  /** The first process of the pid namespace, as bubblewrap names it before anything of the agent's runs. */
  #root(): number | null {
    const pid = Number(/"child-pid": (\d+)/.exec(this.#status)?.[1] ?? Number.NaN);
    return Number.isInteger(pid) ? pid : null;
  }

  /** Sends SIGKILL to all that is in it. From here on `exit` comes within the limit, whatever becomes of them. */
  #end(exit: SandboxExit): void {
    if (this.#ended) return;
    this.#stopped ??= exit;
    // Without a control group nobody is known until bubblewrap has told of its process inside, within milliseconds: readStatus comes
    // back here. Its outer process ends by itself when all inside has ended.
    this.#kept.grip.kill();
    if (this.#timers.length > 0) return;
    this.#timers = [
      setTimeout(() => this.#child.kill('SIGKILL'), LAST_RESORT_MS),
      setTimeout(this.#becomeLate, this.#endMs),
    ];
  }

  #watch(source: Source): void {
    const { limits, onFault } = this.#kept;
    this.#watching = watcher.watch(source, limits, {
      onBreach: ({ what, value }) => {
        if (what === 'memory') this.#end({ cause: 'memory', usedMiB: value });
        else this.#end({ cause: 'processes', count: value });
      },
      onFault: (message) => {
        onFault('watch', message);
      },
    });
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
      this.#know();
      if (this.#stopped) this.#end(this.#stopped);
    });
    status.on('error', () => undefined);
  }

  /** Takes hold of the first process inside, once it is known. */
  #know(): void {
    const { grip, limits } = this.#kept;
    const root = this.#root();
    if (root === null || grip.root !== null) return;
    const identity = firstInside(root, { parent: this.#child.pid, uid: grip.uid });
    if (identity === null) return;
    grip.know(identity);
    // One more than allowed tells that there are too many; the rest need not be counted.
    if (grip.cell === null) this.#watch({ kind: 'tree', root, most: limits.processes + 2 * OWN_PROCESSES });
  }

  /**
   * bubblewrap's end is no proof of anything: whoever is left then is ended too, and waited for. Everything here has a limit.
   */
  async #over(): Promise<SandboxExit> {
    const { grip } = this.#kept;
    const ended = await Promise.race([exitOf(this.#child), this.#late]);
    const isGone = await grip.end(ended === 'late' ? 0 : this.#endMs);
    if (ended === 'late' || !isGone) return this.#notEnded();
    // Nobody is left who could write: what is in the pipes is read to its end.
    this.#stderr.resume();
    await within(DRAIN_MS, Promise.all([closed(this.#stderr), closed(streamOf(this.#child, FD.status))]));
    this.#stderr.destroy();
    return this.#outcome(ended);
  }

  #notEnded(): SandboxExit {
    const { onFault } = this.#kept;
    const message =
      `processes of a sandbox could not be ended within ${this.#endMs / 1000} s of SIGKILL (its first process: ${this.#root() ?? 'unknown'}); ` +
      'its uid and its control group are not used again. Look with ps at what they wait for, and restart the machine if it is the kernel.';
    onFault('not_ended', message);
    this.#child.unref();
    this.#stderr.destroy();
    if (!this.#taken) releaseWaiting(this);
    return { cause: 'not_ended', message };
  }

  #outcome({ code, signal }: Exit): SandboxExit {
    // Another process may hold no end of this pipe, so this does not wait: a byte or the end is there.
    const up = readSync(this.#up, new Uint8Array(1), 0, 1, null) === 1;
    const counted = this.#kept.grip.cell?.usage();
    // What came and went between two looks counts too.
    if (counted) this.#cpuMs = Math.max(this.#cpuMs, counted.cpuMs);
    // Taking down what filled the memory may last until somebody loses patience and calls kill().
    const stopped = this.#stopped;
    if (counted && counted.outOfMemory > 0 && (stopped === null || stopped.cause === 'stopped'))
      return { cause: 'memory', usedMiB: this.#kept.limits.memoryMiB };
    if (stopped) return stopped;
    // An operator's or the kernel's: bubblewrap never ends so by itself.
    if (!up && signal !== 'SIGKILL')
      return { cause: 'not_started', message: this.log().trim().slice(-FAILURE_CHARACTERS) };
    if (signal !== null) return { cause: 'signal', signal };
    const told = /"exit-code": (\d+)/.exec(this.#status)?.[1];
    const status = told === undefined ? (code ?? 1) : Number(told);
    // bwrap tells a signal as 128 + its number.
    const name = Object.entries(constants.signals).find(([, number]) => number === status - 128)?.[0];
    return name === undefined ? { cause: 'exited', code: status } : { cause: 'signal', signal: name };
  }
}

interface Exit {
  code: number | null;
  signal: string | null;
}

async function exitOf(child: ChildProcess): Promise<Exit> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return { code: child.exitCode, signal: child.signalCode };
}

async function closed(stream: Readable | Writable | null | undefined): Promise<void> {
  if (stream && !stream.closed) await once(stream, 'close');
}

async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([promise, delay(ms, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
}

/** Node's type knows the first five. */
function streamOf(child: ChildProcess, fd: number): Readable | Writable | null | undefined {
  return (child.stdio as readonly (Readable | Writable | null | undefined)[])[fd];
}
