import { Readable, Transform, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ArchiveError } from './errors.ts';
import { mebibytes } from './largest.ts';
import { RATIO_GRACE_BYTES, type ArchiveLimits } from './limits.ts';
import { checkedPath, PathSet, show } from './names.ts';
import { tarEntries, type TarEntry } from './tar/entries.ts';
import { TarError } from './tar/errors.ts';
import type { TarType } from './tar/header.ts';

/** What to do with each entry once its name and kind are found good. Throw to refuse. */
export interface ArchiveSink {
  /** Each chunk of the .tar.gz as it came. */
  compressed?: (chunk: Buffer) => void;
  folder?: (path: string) => Promise<void>;
  /** What it leaves of `content` is skipped. */
  file: (path: string, size: number, content: Readable) => Promise<void>;
}

/**
 * Reads a .tar.gz while it streams, never holding more than a chunk, and stops at the first thing that is wrong. It ends when
 * the source ends or fails and the sink is through: entries are pulled one after another, nothing waits for an event.
 * Throws {@link ArchiveError}; errors of `source` and of the sink pass through.
 */
export async function readArchive(source: Readable, limits: ArchiveLimits, sink: ArchiveSink): Promise<void> {
  const meters = metersOf(limits, sink);
  let broken: unknown = null;
  const plain = pipeline(source, meters.compressed, createGunzip(), meters.unpacked, (error) => {
    broken = error ?? null;
  });
  const paths = new PathSet();
  let entries = 0;
  try {
    for await (const entry of tarEntries(plain, { afterEnd: 'zeros' })) {
      if (++entries > limits.entries) {
        throw new ArchiveError(
          'archive_too_many_entries',
          `The archive has more than ${limits.entries} entries.`,
        );
      }
      await take(entry, paths, sink);
    }
  } catch (error) {
    throw plainest([error, broken].filter((each) => each !== null));
  } finally {
    plain.destroy();
  }
  if (entries === 0) throw new ArchiveError('archive_empty', 'The archive has no entries.');
}

async function take(
  { name, type, size, content }: TarEntry,
  paths: PathSet,
  sink: ArchiveSink,
): Promise<void> {
  const kind = kindOf(type, name);
  const path = checkedPath(name);
  if (kind === 'folder' && size > 0) {
    throw new ArchiveError(
      'archive_not_tar',
      `The entry ${show(name)} is a folder with a content of ${size} bytes, which no tar has.`,
    );
  }
  if (path === '') {
    if (kind === 'folder') return;
    throw new ArchiveError('archive_bad_name', `The entry ${show(name)} is a file without a name.`);
  }
  paths.add(path, kind);
  if (kind === 'folder') {
    await sink.folder?.(path);
    return;
  }
  const readable = Readable.from(content, { objectMode: false });
  // A sink that needs none of it does not listen; the entry's end is looked at all the same.
  readable.on('error', () => undefined);
  try {
    await sink.file(path, size, readable);
  } finally {
    readable.destroy();
  }
}

function kindOf(type: TarType | null, name: string): 'file' | 'folder' {
  if (type === 'file' || type === 'contiguous-file') return 'file';
  if (type === 'directory') return 'folder';
  if (type === 'link' || type === 'symlink') {
    throw new ArchiveError(
      'archive_link',
      `The entry ${show(name)} is a link. Pack the file itself (tar --dereference).`,
    );
  }
  throw new ArchiveError(
    'archive_special_file',
    `The entry ${show(name)} is neither file nor folder (${type ?? 'unknown type'}). Leave it out.`,
  );
}

function metersOf(limits: ArchiveLimits, sink: ArchiveSink): { compressed: Transform; unpacked: Transform } {
  let packed = 0;
  let unpacked = 0;
  const compressed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      packed += chunk.length;
      if (packed > limits.compressedBytes) {
        done(tooLarge(limits));
        return;
      }
      sink.compressed?.(chunk);
      done(null, chunk);
    },
  });
  const outgoing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length;
      const bomb = unpacked > RATIO_GRACE_BYTES && unpacked > packed * limits.ratio;
      if (unpacked > limits.unpackedBytes || bomb) {
        done(
          new ArchiveError(
            'archive_unpacks_too_large',
            bomb
              ? `The archive unpacks to more than ${limits.ratio} times its size.`
              : `The archive unpacks to more than ${mebibytes(limits.unpackedBytes)}.`,
          ),
        );
        return;
      }
      done(null, chunk);
    },
  });
  return { compressed, unpacked: outgoing };
}

export function tooLarge(limits: ArchiveLimits): ArchiveError {
  return new ArchiveError(
    'archive_too_large',
    `The archive is larger than ${mebibytes(limits.compressedBytes)}.`,
  );
}

/** Of the errors that one fault sets off along the pipe, the one that names it. */
function plainest(errors: readonly unknown[]): unknown {
  const ours = errors.find((error) => error instanceof ArchiveError);
  if (ours) return ours;
  for (const error of errors) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') {
      return new ArchiveError('archive_truncated', 'The archive ends too early; was it sent to its end?', {
        cause: error,
      });
    }
    if (code === 'Z_DATA_ERROR' || code === 'Z_NEED_DICT') {
      return new ArchiveError(
        'archive_not_gzip',
        `This is not a .tar.gz: it cannot be unzipped (${message}).`,
        {
          cause: error,
        },
      );
    }
    if (error instanceof TarError) {
      return new ArchiveError(
        'archive_not_tar',
        `What the .gz holds is not a whole tar archive (${message}).`,
        {
          cause: error,
        },
      );
    }
  }
  // The reader's own "premature close" only echoes what happened elsewhere.
  return (
    errors.find((error) => (error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') ??
    errors[0]
  );
}
