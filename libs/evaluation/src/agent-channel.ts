import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { type AnswerReader, ProtocolError } from '@arena/protocol';
import type { Break } from './messages.ts';

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
 * wake a sleeping thread on another processor takes some 25 µs on a virtual machine: one game with a quick agent makes 13,500
 * to 20,600 steps a second instead of 7,300 to 18,600. With more programs than processors it would cost 5 to 25 %.
 */
const LOOK_MS = 0.06;
/** Of the newest answer in what is usual. */
const WEIGHT = 0.05;

/** Blocking reads and writes on the two pipes of an agent: no turn of an event loop lies between question and answer. */
export class AgentChannel {
  readonly #stdin: number;
  readonly #stdout: number;
  readonly reader: AnswerReader;
  /** The same pipe, read without waiting. */
  #looking: number | null = null;
  readonly #looks: boolean;
  #usualMs = 1;
  /** Of the last answer. */
  answerBytes = 0;

  constructor(fds: { stdin: number; stdout: number }, reader: AnswerReader, looks: boolean) {
    this.#stdin = fds.stdin;
    this.#stdout = fds.stdout;
    this.reader = reader;
    this.#looks = looks;
  }

  /** Returns when the last byte is in the pipe. Throws {@link AgentBroke}. */
  write(frame: Uint8Array): void {
    try {
      for (let at = 0; at < frame.length;) at += writeSync(this.#stdin, frame, at);
    } catch (error) {
      // Whoever killed the process closed the pipe with it; the exit tells.
      if ((error as NodeJS.ErrnoException).code === 'EPIPE') throw new AgentBroke({ how: 'stdin_closed' });
      throw error;
    }
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
    this.#usualMs += (performance.now() - begin - this.#usualMs) * WEIGHT;
  }

  /** Looks for an answer without sleeping while one may be about to come, then sleeps until it does. */
  #read(begin: number): number {
    if (this.#looks && this.#usualMs < LOOK_MS) {
      do {
        const n = this.#look();
        if (n !== null) return n;
      } while (performance.now() - begin < LOOK_MS);
    }
    return readSync(this.#stdout, this.reader.space());
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
    if (this.#looking !== null) closeSync(this.#looking);
    this.#looking = null;
  }
}
