import type { Readable } from 'node:stream';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';
import { ArchiveError } from './errors.ts';
import { RATIO_GRACE_BYTES, type ArchiveLimits } from './limits.ts';
import { checkedPath, PathSet, show } from './names.ts';

/** What to do with each entry once its name and kind are found good. Throw to refuse. */
export interface ArchiveSink {
  /** Each chunk of the .tar.gz as it came. */
  compressed?: (chunk: Buffer) => void;
  folder?: (path: string) => Promise<void>;
  /** What it leaves of `content` is skipped. */
  file: (path: string, size: number, content: Readable) => Promise<void>;
}

/**
 * Reads a .tar.gz while it streams, never holding more than a chunk, and stops at the first thing that is wrong.
 * Throws {@link ArchiveError}; errors of `source` and of the sink pass through.
 */
export async function readArchive(source: Readable, limits: ArchiveLimits, sink: ArchiveSink): Promise<void> {
  const meters = metersOf(limits, sink);
  const extract = tar.extract();
  const paths = new PathSet();
  let entries = 0;
  // One at a time: tar-stream goes on to the next entry when the handler of the last is through.
  let handling: Promise<unknown> = Promise.resolve();
  extract.on('entry', (header, stream, next) => {
    // Piped at once, so that a broken archive ends the content with an error even while the sink does something else.
    const content = new PassThrough();
    const piping = pipeline(stream, content);
    const handled = (async () => {
      if (++entries > limits.entries) {
        throw new ArchiveError(
          'archive_too_many_entries',
          `The archive has more than ${limits.entries} entries.`,
        );
      }
      const kind = kindOf(header.type, header.name);
      const path = checkedPath(header.name);
      if (path === '' && kind === 'file') {
        throw new ArchiveError(
          'archive_bad_name',
          `The entry ${show(header.name)} is a file without a name.`,
        );
      }
      if (path !== '') {
        paths.add(path, kind);
        if (kind === 'file') await sink.file(path, header.size, content);
        else await sink.folder?.(path);
      }
      content.resume();
    })();
    handling = Promise.all([handled, piping]);
    handling.then(
      () => {
        next();
      },
      (error: unknown) => {
        content.destroy();
        next(error as Error);
      },
    );
  });
  const flowing = pipeline(source, meters.compressed, createGunzip(), meters.unpacked, extract);
  const [flow] = await Promise.allSettled([flowing]);
  const [last] = await Promise.allSettled([handling]);
  const errors = [flow, last].flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
  if (errors.length > 0) throw plainest(errors);
  if (entries === 0) throw new ArchiveError('archive_empty', 'The archive has no entries.');
}

function kindOf(type: string | null | undefined, name: string): 'file' | 'folder' {
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
              : `The archive unpacks to more than ${limits.unpackedBytes} bytes.`,
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
  return new ArchiveError('archive_too_large', `The archive is larger than ${limits.compressedBytes} bytes.`);
}

/** All that tar-stream says of bytes. */
const NO_TAR = /^(Invalid (tar )?header|Header exceeds max size|Unexpected end of data)/;

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
    if (NO_TAR.test(message)) {
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
