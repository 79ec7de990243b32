import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { BackupError } from './errors.ts';
import {
  DIGEST_BYTES,
  LENGTH_BYTES,
  MAGIC,
  MOST_FRAME,
  parseFooter,
  parseHeader,
  strangeness,
  type BackupFooter,
  type BackupHeader,
} from './format.ts';

/** Reads all of the file once, and rejects with {@link BackupError} unless it is a backup, whole and unchanged. */
export async function verifyBackup(path: string, progress?: (share: number) => void): Promise<void> {
  const size = await check(path);
  const hash = createHash('sha256');
  const end = size - DIGEST_BYTES;
  let read = 0;
  for await (const piece of createReadStream(path, { end: end - 1 }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    read += piece.length;
    progress?.(read / size);
  }
  const digest = Buffer.concat(await createReadStream(path, { start: end }).toArray());
  if (!hash.digest().equals(digest))
    throw new BackupError(
      `${path} is damaged: its checksum does not fit, so it was cut off or changed. Copy it anew from where it was made, or take another backup`,
    );
}

const damaged = (path: string, how: string): BackupError =>
  new BackupError(`${path} is damaged: ${how}. Take another backup`);

/** Its size, if its beginning is a backup's and it is long enough to be one. */
async function check(path: string): Promise<number> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const start = Buffer.alloc(MAGIC.length);
    const { bytesRead } = await file.read(start, 0, MAGIC.length, 0);
    const strange = strangeness(start.subarray(0, bytesRead));
    if (strange !== null) throw new BackupError(`${path} cannot be restored: ${strange}`);
    if (size <= MAGIC.length + DIGEST_BYTES) throw damaged(path, `it ends after ${size} bytes`);
    return size;
  } finally {
    await file.close();
  }
}

/** What a verified file holds, in its order: the header, each table's pieces, the footer. */
export class BackupReader {
  readonly #stream: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  private constructor(
    private readonly path: string,
    private readonly told: (bytes: number) => void,
    end: number,
  ) {
    const source = createReadStream(path, { start: MAGIC.length, end });
    const gunzip = createGunzip();
    source.on('error', (error) => gunzip.destroy(error));
    source.on('data', (piece) => {
      this.told(piece.length);
    });
    this.#stream = (source.pipe(gunzip) as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** `told` hears of the file's bytes as they are read. */
  static async open(path: string, told: (share: number) => void): Promise<BackupReader> {
    const size = await check(path);
    let read = 0;
    return new BackupReader(
      path,
      (bytes) => {
        read += bytes;
        told(Math.min(1, read / size));
      },
      size - DIGEST_BYTES - 1,
    );
  }

  async header(): Promise<BackupHeader> {
    return this.#parsed(parseHeader, await this.#frame());
  }

  async footer(): Promise<BackupFooter> {
    return this.#parsed(parseFooter, await this.#frame());
  }

  /** The pieces of the next table. */
  async *table(): AsyncGenerator<Buffer, void, undefined> {
    for (;;) {
      const piece = await this.#frame();
      if (piece.length === 0) return;
      yield piece;
    }
  }

  async close(): Promise<void> {
    await this.#stream.return?.();
  }

  #parsed<T>(parse: (text: string) => T, bytes: Buffer): T {
    try {
      return parse(bytes.toString());
    } catch {
      throw damaged(this.path, 'its list of tables cannot be read');
    }
  }

  async #frame(): Promise<Buffer> {
    const length = (await this.#take(LENGTH_BYTES)).readUInt32BE();
    if (length > MOST_FRAME) throw damaged(this.path, `a piece of ${length} bytes is too long`);
    return this.#take(length);
  }

  /** What zlib cannot read was written wrongly or changed together with its checksum. */
  async #next(): Promise<IteratorResult<Buffer>> {
    try {
      return await this.#stream.next();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') !== true) throw error;
      throw damaged(this.path, (error as Error).message);
    }
  }

  async #take(count: number): Promise<Buffer> {
    const pieces = [this.#rest];
    let have = this.#rest.length;
    while (have < count) {
      const next = await this.#next();
      if (next.done === true) throw damaged(this.path, 'it ends too early');
      pieces.push(next.value);
      have += next.value.length;
    }
    const all = pieces.length === 1 ? this.#rest : Buffer.concat(pieces);
    this.#rest = all.subarray(count);
    return all.subarray(0, count);
  }
}
