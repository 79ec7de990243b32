/** Runs one of the platform's own programs on hostile bytes: they go in on standard input, one line comes out. */
import type { Readable, Writable } from 'node:stream';
import type { SandboxExit, SandboxFault, SandboxSpecification, Sandboxes } from '../specification.ts';
import { plainProcess } from './plain-process.ts';

/** Which program, and what it may take. */
export interface BoxedProgram extends Omit<SandboxSpecification, 'stdinBytes' | 'root'> {
  /** The same program where there is no sandbox: with the host's paths. */
  plainCommand: readonly string[];
  /** Bytes of its answer at most. */
  answerBytes: number;
  /** Milliseconds from its start to its end, the waiting for its input included. */
  timeoutMs: number;
}

export interface BoxedAnswer {
  /** One line, without its end; null if the program ended, took too long or wrote too much before it was whole. */
  answer: Buffer | null;
  /** How it ended; `stopped` also where it was ended since it had answered. */
  exit: SandboxExit;
  /** The end of its standard error. */
  log: string;
}

/** What a box needs of a process: a sandbox's, or one without. */
export interface BoxedProcess {
  streams(): { stdin: Writable; stdout: Readable };
  readonly exit: Promise<SandboxExit>;
  kill(): void;
  log(): string;
  close(): void;
}

/** Runs programs on hostile bytes, in sandboxes, or where none can be made in processes with limits. */
export class Box {
  readonly #sandbox: Sandboxes | null;

  /** null: this machine can make no sandbox. */
  constructor(sandbox: Sandboxes | null) {
    this.#sandbox = sandbox;
  }

  get isSandboxed(): boolean {
    return this.#sandbox !== null;
  }

  /** What went wrong with its sandboxes so far; none without one. */
  faults(): readonly SandboxFault[] {
    return this.#sandbox?.faults() ?? [];
  }

  /**
   * Feeds `input` to the program and resolves to its answer, also if that comes before it has read all: then the rest of the
   * input is let go. What has answered is ended, since a Node that exits hangs in its own shutdown once in forty times on a
   * busy machine. Rejects with the input's own error, and with SandboxError where no process can be made.
   */
  async run(program: BoxedProgram, input: Readable): Promise<BoxedAnswer> {
    const running: BoxedProcess = this.#sandbox
      ? await this.#sandbox.start(program)
      : plainProcess(program.plainCommand, program.limits);
    const { stdin, stdout } = running.streams();
    const timer = setTimeout(() => {
      running.kill();
    }, program.timeoutMs);
    const state: { failure: Error | null; hasEnded: boolean } = { failure: null, hasEnded: false };
    const feeding = feed(input, stdin).catch((error: unknown) => {
      if (state.hasEnded) return;
      state.failure = error as Error;
      running.kill();
    });
    const reading = lineOf(stdout, program.answerBytes).finally(() => {
      running.kill();
    });
    try {
      const exit = await running.exit;
      state.hasEnded = true;
      const answer = await reading;
      if (state.failure !== null) throw state.failure;
      return { answer, exit, log: running.log() };
    } finally {
      clearTimeout(timer);
      // What waits for the rest of the input ends with it.
      input.destroy();
      stdin.destroy();
      void feeding;
      running.close();
    }
  }
}

/** Rejects with the input's own error; a program that reads no more is no fault. */
async function feed(input: Readable, stdin: Writable): Promise<void> {
  stdin.on('error', () => undefined);
  for await (const chunk of input) {
    if (stdin.destroyed) return;
    if (stdin.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        stdin.off('drain', go).off('close', go);
        resolve();
      };
      stdin.on('drain', go).on('close', go);
    });
  }
  stdin.end();
}

const NEWLINE = 10;

/** All that comes before the first end of a line; null if there is none within `most` bytes. */
async function lineOf(stdout: Readable, most: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    stdout.on('data', (part: Buffer) => {
      const end = part.indexOf(NEWLINE);
      bytes += part.length;
      parts.push(end < 0 ? part : part.subarray(0, end));
      if (bytes > most) resolve(null);
      else if (end >= 0) resolve(Buffer.concat(parts));
    });
    // Said by its end, or not at all.
    stdout
      .on('error', () => undefined)
      .on('close', () => {
        resolve(null);
      });
  });
}
