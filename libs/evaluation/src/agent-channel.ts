import { readSync, writeSync } from 'node:fs';
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

/** Blocking reads and writes on the two pipes of an agent: no turn of an event loop lies between question and answer. */
export class AgentChannel {
  readonly #stdin: number;
  readonly #stdout: number;
  readonly reader: AnswerReader;

  constructor(fds: { stdin: number; stdout: number }, reader: AnswerReader) {
    this.#stdin = fds.stdin;
    this.#stdout = fds.stdout;
    this.reader = reader;
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
    try {
      let done = this.reader.received(0);
      while (!done) {
        const n = readSync(this.#stdout, this.reader.space());
        if (n === 0) throw new AgentBroke({ how: 'stdout_closed' });
        done = this.reader.received(n);
      }
    } catch (error) {
      if (error instanceof ProtocolError) {
        throw new AgentBroke({ how: 'protocol', code: error.code, message: error.message });
      }
      throw error;
    }
  }
}
