import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  Box,
  Sandbox,
  SandboxError,
  type SandboxFault,
  type SandboxOptions,
  type Sandboxes,
  type Stage,
} from '@arena/sandbox';
import type { CheckedArchive } from '../check.ts';
import type { Contents } from '../contents.ts';
import { DEFAULT_LIMITS, type ArchiveLimits } from '../limits.ts';
import { tooLarge } from '../reader.ts';
import { slices } from '../unpack.ts';
import { DOCUMENT_BYTES, DocumentError, decodeDocument } from './document.ts';
import { PROGRAM, stagedProgram } from './staged-program.ts';

/** Node takes 45 MiB, the window of gzip and chunks on their way some more; pages of files count where control groups do. */
const LIMITS = { memoryMiB: 256, processes: 32, tmpMiB: 1 };
const HEAP_MIB = 96;
const MIB = 2 ** 20;
/** An upload may take the 5 minutes that Node gives a request; unpacking 512 MiB takes seconds. */
const TIMEOUT_MS = 330_000;
/** Where the folder lies inside that is unpacked into. */
const OUT = '/out';

export interface ArchiveBoxOptions extends SandboxOptions {
  stage: Stage;
  /** Node 24; default: the one that runs this. */
  nodeBinary?: string;
  /** A sandbox that is there already; null: none can be made. */
  sandbox?: Sandboxes | null;
}

/**
 * Reads archives by a program in a sandbox: what comes out is bytes and names that were checked twice. On a machine that can make
 * no sandbox by a child process with limits, which checks and does not unpack.
 */
export class ArchiveBox {
  readonly #box: Box;
  readonly #program: ReturnType<typeof stagedProgram>;

  constructor(sandbox: Sandboxes | null, stage: Stage, nodeBinary = process.execPath) {
    this.#box = new Box(sandbox);
    this.#program = stagedProgram(stage, nodeBinary);
  }

  /** Whether a sandbox holds what reads. */
  get isSandboxed(): boolean {
    return this.#box.isSandboxed;
  }

  /** What went wrong with its sandboxes so far; none without one. */
  faults(): readonly SandboxFault[] {
    return this.#box.faults();
  }

  /**
   * Reads an upload while it streams, in the box; its bytes are kept here. Throws ArchiveError for what is refused, the source's
   * own errors, and SandboxError where the box failed.
   */
  async check(source: Readable, limits: ArchiveLimits = DEFAULT_LIMITS): Promise<CheckedArchive> {
    const chunks: Buffer[] = [];
    const hash = createHash('sha256');
    let bytes = 0;
    const kept = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes > limits.compressedBytes) {
          done(tooLarge(limits));
          return;
        }
        chunks.push(chunk);
        hash.update(chunk);
        done(null, chunk);
      },
    });
    // Its end is told by the box, which reads what comes out.
    void pipeline(source, kept).catch(() => undefined);
    const contents = await this.#run(kept, limits);
    if (!kept.writableFinished) throw new SandboxError('the program that reads archives answered too early');
    return { ...contents, bytes: Buffer.concat(chunks), sha256: hash.digest('hex') };
  }

  /**
   * Unpacks an archive into the new folder `folder`, whose parent the host alone may write. What is in it is the sandbox's:
   * mount it, do not look into it. Throws as {@link check}; then there is no folder.
   */
  async unpack(bytes: Uint8Array, folder: string, limits: ArchiveLimits = DEFAULT_LIMITS): Promise<Contents> {
    if (!this.isSandboxed)
      throw new SandboxError('archives are unpacked in sandboxes alone, and none can be made');
    await mkdir(folder, { mode: 0o755 });
    try {
      return await this.#run(Readable.from(slices(bytes)), limits, folder);
    } catch (error) {
      // Nothing runs in it any more, and no link is followed.
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async #run(input: Readable, limits: ArchiveLimits, folder?: string): Promise<Contents> {
    const { bindings, node, inside, outside } = this.#program;
    const words = [JSON.stringify(limits)];
    const flags = [`--max-old-space-size=${HEAP_MIB}`];
    const { exit, answer, log } = await this.#box.run(
      {
        command: [node, ...flags, inside, ...words, ...(folder === undefined ? [] : [OUT])],
        plainCommand: [
          ...[process.execPath, ...flags, '--permission', `--allow-fs-read=${outside.folder}/*`],
          ...[join(outside.folder, PROGRAM), ...words],
        ],
        bindings,
        limits: LIMITS,
        ...(folder === undefined
          ? {}
          : {
              writable: { source: folder, target: OUT, fileMiB: Math.ceil(limits.unpackedBytes / MIB) },
            }),
        answerBytes: DOCUMENT_BYTES,
        timeoutMs: TIMEOUT_MS,
      },
      input,
    );
    const ended = exit.cause === 'exited' ? `exit code ${exit.code}` : JSON.stringify(exit);
    const failed = (cause?: unknown): SandboxError =>
      new SandboxError(
        `the program that reads archives failed (${ended}): ${log.replace(/\s+/g, ' ').trim().slice(-300) || 'it printed nothing'}`,
        { cause },
      );
    if (answer === null) throw failed();
    try {
      return decodeDocument(answer.toString('utf8'), limits);
    } catch (error) {
      throw error instanceof DocumentError ? failed(error) : error;
    }
  }
}

/** With a sandbox where this machine can make one; `why` it cannot is told once. */
export async function openArchiveBox(
  { stage, nodeBinary, sandbox, ...options }: ArchiveBoxOptions,
  why: (reason: string) => void,
): Promise<ArchiveBox> {
  const made = sandbox === undefined ? await probed(options, why) : sandbox;
  return new ArchiveBox(made, stage, nodeBinary);
}

async function probed(options: SandboxOptions, why: (reason: string) => void): Promise<Sandbox | null> {
  try {
    const sandbox = new Sandbox(options);
    await sandbox.probe();
    return sandbox;
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    why(error.message);
    return null;
  }
}
