import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, rename, rm, rmdir, type FileHandle } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PassThrough, Transform, pipeline as joined } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { tarEntries, type TarEntry } from '../tar/entries.ts';
import type { TarType } from '../tar/header.ts';
import { ImageError } from './errors.ts';
import { ImageLayout, type Layer } from './layout.ts';
import { indexTar } from './tar-index.ts';
import { Tree, segmentsOf } from './tree.ts';

export interface ImageLimits {
  /** Of all layers, unpacked. */
  readonly bytes: number;
  readonly entries: number;
}

/** Images with every framework there is have some 20 GB; a bomb has more. */
export const IMAGE_LIMITS: ImageLimits = { bytes: 64 * 2 ** 30, entries: 5_000_000 };

export interface UnpackOptions {
  /** Which image, where the archive holds several. */
  readonly tag?: string | null;
  readonly limits?: ImageLimits;
  /** Bytes of the archive's layers that are through, of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface UnpackedImage {
  /** The image's id as container engines name it, without `sha256:`. */
  readonly id: string;
  readonly layers: number;
  readonly entries: number;
  /** Of files, unpacked. */
  readonly bytes: number;
  /** Devices and pipes, which are left out: a sandbox has its own. */
  readonly leftOut: number;
}

/**
 * Unpacks an image of `docker save` (or podman's, skopeo's) or of the OCI's layout, a .tar or .tar.gz, to a folder that must not
 * be there yet, and checks every digest. It needs no rights but to write there: owners, set-user-id bits, devices and
 * private modes are not kept. Throws {@link ImageError}, and leaves nothing behind then.
 */
export async function unpackImage(
  image: string,
  folder: string,
  options: UnpackOptions = {},
): Promise<UnpackedImage> {
  const target = resolve(folder);
  const there = await readdir(target).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (there !== null && there.length > 0)
    throw new ImageError(`${folder} is there already, and not empty; name a new folder, or remove it`);
  // Ours alone while links in it are followed.
  const work = await mkdtemp(`${target}.partial-`);
  try {
    const file = await openTar(image, work);
    try {
      const unpacked = await unpackLayers(file, join(work, 'root'), options);
      if (there !== null) await rmdir(target);
      await rename(join(work, 'root'), target);
      return unpacked;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof ImageError) throw new ImageError(`${image}: ${error.message}`, { cause: error });
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

function decompressor(first: Buffer): Transform {
  if (first.subarray(0, 2).equals(GZIP)) return createGunzip();
  return first.subarray(0, 4).equals(ZSTD) ? createZstdDecompress() : new PassThrough();
}

async function firstBytes(file: FileHandle, offset: number): Promise<Buffer> {
  const first = Buffer.alloc(4);
  await file.read(first, 0, 4, offset);
  return first;
}

/** Parts of an image refer to each other in any order: a compressed one is written out before. */
async function openTar(image: string, work: string): Promise<FileHandle> {
  const file = await open(image, 'r');
  const unpack = decompressor(await firstBytes(file, 0));
  if (unpack instanceof PassThrough) return file;
  const plain = join(work, 'image.tar');
  try {
    await pipeline(file.createReadStream({ start: 0, autoClose: false }), unpack, createWriteStream(plain));
  } catch (error) {
    throw asImageError(error, 'it');
  } finally {
    await file.close();
  }
  return open(plain, 'r');
}

async function unpackLayers(file: FileHandle, root: string, options: UnpackOptions): Promise<UnpackedImage> {
  const { id, layers } = await new ImageLayout(file, await indexTar(file)).image(options.tag ?? null);
  await mkdir(root);
  const total = layers.reduce((sum, { size }) => sum + size, 0);
  const unpacking = new Unpacking(root, options.limits ?? IMAGE_LIMITS);
  let done = 0;
  for (const layer of layers) {
    await unpacking.layer(file, layer, (bytes) => {
      done += bytes;
      options.onProgress?.(done, total);
    });
  }
  await chmod(root, 0o755);
  const { entries, bytes, leftOut } = unpacking;
  return { id, layers: layers.length, entries, bytes, leftOut };
}

/** Passes bytes on and looks at them. */
function watch(look: (chunk: Buffer) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      look(chunk);
      pass(null, chunk);
    },
  });
}

class Unpacking {
  entries = 0;
  bytes = 0;
  leftOut = 0;
  readonly #tree: Tree;
  readonly #limits: ImageLimits;

  constructor(root: string, limits: ImageLimits) {
    this.#tree = new Tree(root);
    this.#limits = limits;
  }

  async layer(file: FileHandle, layer: Layer, onRead: (bytes: number) => void): Promise<void> {
    const { offset, size, name, digest, diffId } = layer;
    const packed = createHash('sha256');
    const plain = createHash('sha256');
    this.#tree.nextLayer();
    const bytes = joined(
      size === 0
        ? new PassThrough().end()
        : file.createReadStream({ start: offset, end: offset + size - 1, autoClose: false }),
      watch((chunk) => {
        packed.update(chunk);
        onRead(chunk.length);
      }),
      decompressor(await firstBytes(file, offset)),
      watch((chunk) => plain.update(chunk)),
      // Whatever fails ends the last part with the same error, which the loop throws.
      () => undefined,
    );
    try {
      // The digest covers what follows a tar's end.
      for await (const entry of tarEntries(bytes, { afterEnd: 'anything' })) await this.#take(entry);
    } catch (error) {
      throw asImageError(error, `its layer ${name}`);
    }
    if ((digest !== null && packed.digest('hex') !== digest) || plain.digest('hex') !== diffId)
      throw new ImageError(
        `its layer ${name} is not what its digest says: the archive is damaged or was changed`,
      );
  }

  async #take({ name, type, linkname, size, mode, content }: TarEntry): Promise<void> {
    this.entries += 1;
    this.bytes += size;
    if (this.entries > this.#limits.entries || this.bytes > this.#limits.bytes)
      throw new ImageError(
        `it has more than ${this.#limits.entries} files or ${this.#limits.bytes} bytes unpacked`,
      );
    if (!this.#tree.whiteout(name)) await this.#lay(name, type, linkname, mode, content);
  }

  async #lay(
    name: string,
    type: TarType | null,
    target: string,
    mode: number,
    content: TarEntry['content'],
  ): Promise<void> {
    switch (type) {
      case 'directory':
        this.#tree.directory(name);
        break;
      case 'file':
      case 'contiguous-file': {
        // Agents run as users of their own: what is in an image is for all of them.
        const flags = { flags: 'wx', mode: (mode & 0o111) !== 0 ? 0o755 : 0o644 };
        await pipeline(content, createWriteStream(this.#tree.file(name), flags));
        break;
      }
      case 'symlink':
        this.#tree.symbolicLink(name, target);
        break;
      case 'link':
        this.#tree.hardLink(name, target);
        break;
      case 'character-device':
      case 'block-device':
      case 'fifo':
        segmentsOf(name);
        this.leftOut += 1;
        break;
      case 'pax-header':
      case 'pax-global-header':
      case 'gnu-long-path':
      case 'gnu-long-link-path':
      case null:
        throw new ImageError(
          `its ${JSON.stringify(name)} is a ${type ?? 'entry of an unknown kind'}, which no image has`,
        );
    }
  }
}

/** What a decompressor or the reader of tars says of bad bytes; errors of the disk stay what they are. */
function asImageError(error: unknown, part: string): unknown {
  if (error instanceof ImageError || (error as NodeJS.ErrnoException).syscall !== undefined) return error;
  const words = error instanceof Error ? error.message : String(error);
  return new ImageError(`${part} cannot be read (${words}): the archive is damaged or cut off`, {
    cause: error,
  });
}
