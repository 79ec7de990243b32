import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { SpoolPlace } from './spool-room.ts';

const CHUNK_BYTES = 65_536;

/** More came than was to be kept. */
export class SpoolLimitError extends Error {
  override name = 'SpoolLimitError';
}

/** An upload that is here in full. */
export interface Spooled {
  readonly bytes: number;
  /** From its beginning. */
  read(): Readable;
  /** Gives the disk back. */
  close(): Promise<void>;
}

/**
 * Keeps a stream on disk until all of it is here. The file has no name while it is used, so that nothing is left of it however
 * this process ends. Throws {@link SpoolLimitError}, the stream's own errors, the disk's and those of `place`, which is told of all that
 * is written; then nothing is kept.
 */
export async function spool(
  source: Readable,
  folder: string,
  mostBytes: number,
  place: Pick<SpoolPlace, 'take'>,
): Promise<Spooled> {
  const path = join(folder, `arena-upload-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  try {
    await unlink(path);
    const bytes = await fill(file, source, mostBytes, place);
    return {
      bytes,
      read: () => Readable.from(chunksOf(file), { objectMode: false }),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** One chunk after the other, so that a sender that is faster than the disk is slowed down. */
async function fill(
  file: FileHandle,
  source: Readable,
  mostBytes: number,
  place: Pick<SpoolPlace, 'take'>,
): Promise<number> {
  let bytes = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new SpoolLimitError(`more than ${mostBytes} bytes came`);
    place.take(chunk.length);
    await file.writeFile(chunk);
  }
  return bytes;
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
