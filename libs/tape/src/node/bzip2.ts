import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** bzip2 is missing, or did not take what it was given. */
export class Bzip2Error extends Error {
  override readonly name = 'Bzip2Error';
}

type Running = ReturnType<typeof start>;

/** Debian's program: no package on npm writes bzip2 and is kept well. */
function start(option: '--compress' | '--decompress') {
  const child = spawn('bzip2', [option, '--stdout'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
  const ended = once(child, 'close').then(
    ([code]: unknown[]) => {
      if (code !== 0)
        throw new Bzip2Error(`bzip2 failed: ${told.trim().split('\n')[0] ?? `code ${String(code)}`}`);
    },
    (cause: unknown) => {
      const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
      throw new Bzip2Error(
        missing
          ? 'bzip2 is not installed. Run: apt-get install bzip2'
          : `bzip2 cannot be started: ${String(cause)}`,
        { cause },
      );
    },
  );
  return { child, ended };
}

/** Feeds the program; a pipe that it closed early is told by its exit. */
function feed({ child }: Running, source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  return pipeline(Readable.from(source), child.stdin).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  });
}

async function* through(
  option: '--compress' | '--decompress',
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const running = start(option);
  const fed = feed(running, source);
  // handled below; until then a failure of either must not count as nobody's
  fed.catch(() => undefined);
  running.ended.catch(() => undefined);
  try {
    yield* running.child.stdout as AsyncIterable<Uint8Array>;
    await Promise.all([running.ended, fed]);
  } finally {
    running.child.kill();
  }
}

/** Compresses piece by piece. Rejects with Bzip2Error, and with what the source throws. */
export function bzip2(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return through('--compress', source);
}

async function isBzip2(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(3), 0, 3, 0);
    return bytesRead === 3 && buffer.toString('latin1') === 'BZh';
  } finally {
    await file.close();
  }
}

/** A file's content, unpacked if it is bzip2; piece by piece, however large that is. Rejects with Bzip2Error or Node's errors. */
export async function* readUnpacked(path: string): AsyncGenerator<Uint8Array> {
  const packed = await isBzip2(path);
  const file = createReadStream(path) as AsyncIterable<Uint8Array>;
  yield* packed ? through('--decompress', file) : file;
}
