/**
 * What the program in the box answers with: a small JSON document. Who reads it does not trust it: a hostile archive may have
 * taken the program over.
 */
import { ARCHIVE_FAULTS, ArchiveError, type ArchiveFault } from '../errors.ts';
import { MANIFEST, MANIFEST_OF_2021, type Contents } from '../contents.ts';
import type { ArchiveLimits } from '../limits.ts';
import { PathSet, checkedPath } from '../names.ts';

/** Of 4,000 files with the longest names there are, 1,024 bytes each, escaped. */
export const DOCUMENT_BYTES = 16 * 2 ** 20;
/** A name in a message is cut at 80 characters; no sentence is longer than 400. */
const MESSAGE_CHARACTERS = 1000;

/** The answer is none that the program would give. */
export class DocumentError extends Error {
  override name = 'DocumentError';
}

export function encodeContents({ files, manifest }: Contents): string {
  const { name, bytes, config } = manifest;
  return JSON.stringify({
    files: [...files],
    manifest: { name, base64: bytes.toString('base64'), config: config?.toString('base64') ?? null },
  });
}

export function encodeRefusal({ code, message }: ArchiveError): string {
  return JSON.stringify({ code, message });
}

/** Throws {@link ArchiveError} where the document is a refusal, {@link DocumentError} where it is none. */
export function decodeDocument(text: string, limits: ArchiveLimits): Contents {
  const told = parsed(text);
  if ('code' in told || 'message' in told) throw refusalOf(told['code'], told['message']);
  return { files: filesOf(told['files'], limits), manifest: manifestOf(told['manifest'], limits) };
}

function parsed(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DocumentError('the answer is no JSON', { cause });
  }
  return record(value);
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new DocumentError('an object is wanted');
}

function refusalOf(code: unknown, message: unknown): ArchiveError {
  const known = ARCHIVE_FAULTS.find((fault: ArchiveFault) => fault === code);
  if (known === undefined || typeof message !== 'string')
    throw new DocumentError('the answer is no known refusal');
  return new ArchiveError(
    known,
    message.toWellFormed().replaceAll(/\p{C}/gu, '\uFFFD').slice(0, MESSAGE_CHARACTERS),
  );
}

function filesOf(value: unknown, limits: ArchiveLimits): Map<string, number> {
  if (!Array.isArray(value) || value.length > limits.entries)
    throw new DocumentError('the answer has no list of files, or too long a one');
  const paths = new PathSet();
  let left = limits.unpackedBytes;
  return new Map(
    value.map((entry: unknown): [string, number] => {
      const [path, size, ...more] = Array.isArray(entry) ? (entry as unknown[]) : [];
      if (typeof path !== 'string' || !Number.isSafeInteger(size) || Number(size) < 0 || more.length > 0)
        throw new DocumentError('a file of the answer is none');
      left -= Number(size);
      if (left < 0) throw new DocumentError('the files of the answer are larger than archives may be');
      return [trusted(path, paths), Number(size)];
    }),
  );
}

function trusted(path: string, paths: PathSet): string {
  try {
    if (checkedPath(path) !== path || path === '')
      throw new DocumentError('a path of the answer is no plain one');
    paths.add(path, 'file');
    return path;
  } catch (cause) {
    if (cause instanceof DocumentError) throw cause;
    throw new DocumentError('a path of the answer is none that archives may have', { cause });
  }
}

function manifestOf(value: unknown, limits: ArchiveLimits): Contents['manifest'] {
  const { name, base64, config } = record(value);
  if (name !== MANIFEST && name !== MANIFEST_OF_2021) throw new DocumentError('the answer has no manifest');
  const bytesOf = (text: unknown): Buffer => {
    const bytes = typeof text === 'string' ? Buffer.from(text, 'base64') : null;
    if (bytes === null || bytes.length > limits.manifestBytes)
      throw new DocumentError('the manifest of the answer is none, or too large');
    return bytes;
  };
  return { name, bytes: bytesOf(base64), config: config === null ? null : bytesOf(config) };
}
