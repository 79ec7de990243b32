import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { type AnswerReader, ProtocolError } from '@arena/protocol';
import type { Break } from './messages.ts';
import { ProcessorWait } from './processor-wait.ts';

/** The agent's process is of no use any more; `break` says how it showed. */
export class AgentBroke extends Error {
  readonly break: Break;

  constructor(found: Break) {
    super(`the agent broke off: ${found.how}`);
    this.name = 'AgentBroke';
    this.break = found;
  }
}

/**
 * So long an answer is looked for before this thread sleeps, if answers usually come sooner and there are processors to spare. To
 * wake a sleeping thread on another processor takes 25 to 50 µs on a virtual machine: one game with a quick agent in Python makes
 * 9,500 to 12,900 steps a second instead of 6,100 to 14,100 with 0.06 ms and no probes, where one slow answer let all later ones
 * be slept for. With more programs than processors it would cost 5 to 25 %.
 */
const LOOK_MS = 0.2;
/** What usually comes later is looked for now and then all the same: an answer slept for comes later by that very waking. */
const PROBE_EVERY = 32;
/** Below this nobody asks who was late. */
const LATE_MS = 1;
/** Of the newest answer that was looked for in what is usual. */
const WEIGHT = 0.05;

/** Blocking reads and writes on the two pipes of an agent: no turn of an event loop lies between question and answer. */
export class AgentChannel {
  readonly #stdin: number;
  readonly #stdout: number;
  readonly reader: AnswerReader;
  /** The same pipes, read and written without waiting. */
  #looking: number | null = null;
  #pushing: number | null = null;
  readonly #wait = new ProcessorWait();
  readonly #looks: boolean;
  #usualMs = 0;
  #unlooked = 0;
  #turnAt = 0;
  /** Of the last answer. */
  answerBytes = 0;
  /** Of the last answer, milliseconds: so long it lay there and this thread had no processor to read it. */
  lateMs = 0;

  constructor(fds: { stdin: number; stdout: number }, reader: AnswerReader, looks: boolean) {
    this.#stdin = fds.stdin;
    this.#stdout = fds.stdout;
    this.reader = reader;
    this.#looks = looks;
  }

  /** Returns when the last byte is in the pipe: whether it had to wait until the agent made room there. Throws {@link AgentBroke}. */
  write(frame: Uint8Array): boolean {
    this.lateMs = 0;
    this.#turnAt = performance.now();
    this.#wait.mark(this.#turnAt);
    try {
      let at = this.#push(frame);
      if (at === frame.length) return false;
      while (at < frame.length) at += writeSync(this.#stdin, frame, at);
      return true;
    } catch (error) {
      // Whoever killed the process closed the pipe with it; the exit tells. A FIFO that nobody reads cannot be opened (ENXIO) if
      // that was so before the first write.
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE' || code === 'ENXIO') throw new AgentBroke({ how: 'stdin_closed' });
      throw error;
    }
  }

  /** Milliseconds since the frame's last byte came into the pipe, to some milliseconds. */
  get sinceWritten(): number {
    return sinceWritten(this.#stdin);
  }

  /** Returns when the answer that the reader was asked for is whole. Throws {@link AgentBroke}. */
  answer(): void {
    this.answerBytes = 0;
    const begin = performance.now();
    try {
      let done = this.reader.received(0);
      while (!done) {
        const n = this.#read(begin);
        this.answerBytes += n;
        if (n === 0) throw new AgentBroke({ how: 'stdout_closed' });
        done = this.reader.received(n);
      }
    } catch (error) {
      if (error instanceof ProtocolError) {
        throw new AgentBroke({ how: 'protocol', code: error.code, message: error.message });
      }
      throw error;
    }
    if (performance.now() - this.#turnAt >= LATE_MS) this.lateMs = this.#late();
  }

  /**
   * What is both: this thread had no processor, and the answer's last byte was in the pipe, whose time of change tells since
   * when, to some milliseconds. The first alone would spare an agent that was still thinking; the second it could set itself
   * where it runs under the platform's uid.
   */
  #late(): number {
    const waitedMs = this.#wait.sinceMark();
    if (waitedMs < LATE_MS) return 0;
    return Math.min(waitedMs, sinceWritten(this.#stdout));
  }

  /** What there is room for: the number of bytes that went. */
  #push(frame: Uint8Array): number {
    this.#pushing ??= openSync(`/proc/self/fd/${this.#stdin}`, constants.O_WRONLY | constants.O_NONBLOCK);
    try {
      return writeSync(this.#pushing, frame);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      throw error;
    }
  }

  /** Looks for an answer without sleeping while one may be about to come, then sleeps until it does. */
  #read(begin: number): number {
    if (!this.#mayLook()) return readSync(this.#stdout, this.reader.space());
    const { stackTraceLimit } = Error;
    // Each look in vain throws: to write down where takes longer than the look.
    Error.stackTraceLimit = 0;
    let n: number | null = null;
    let tookMs = 0;
    try {
      while (n === null && tookMs < LOOK_MS) {
        n = this.#look();
        tookMs = performance.now() - begin;
      }
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    // How much later than the look it comes does not matter.
    this.#usualMs += ((n === null ? 2 * LOOK_MS : Math.min(tookMs, 2 * LOOK_MS)) - this.#usualMs) * WEIGHT;
    return n ?? readSync(this.#stdout, this.reader.space());
  }

  #mayLook(): boolean {
    if (!this.#looks) return false;
    if (this.#usualMs >= LOOK_MS && ++this.#unlooked < PROBE_EVERY) return false;
    this.#unlooked = 0;
    return true;
  }

  /** Null if nothing has come. */
  #look(): number | null {
    this.#looking ??= openSync(`/proc/self/fd/${this.#stdout}`, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return readSync(this.#looking, this.reader.space());
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return null;
      throw error;
    }
  }

  /** Gives back what it opened itself. */
  close(): void {
    for (const fd of [this.#looking, this.#pushing]) if (fd !== null) closeSync(fd);
    this.#looking = this.#pushing = null;
    this.#wait.close();
  }
}

/** The kernel keeps when a pipe that has a name, as these had, was last written to. */
function sinceWritten(pipe: number): number {
  return Math.max(0, Date.now() - fstatSync(pipe).mtimeMs);
}
