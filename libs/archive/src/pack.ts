/** Packs an agent's folder as it is uploaded: a .tar.gz whose bytes depend on nothing but the files. */
import { existsSync } from 'node:fs';
import { lstat, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { checkArchive, type CheckedArchive } from './check.ts';
import { ArchiveError } from './errors.ts';
import { IGNORED_BY_DEFAULT, ignoreOf, type Ignore } from './ignore.ts';
import { fullestFolders, largestFiles, mebibytes } from './largest.ts';
import { DEFAULT_LIMITS, type ArchiveLimits } from './limits.ts';
import { show } from './names.ts';

/** A file of an agent's folder with lines of what to leave out. */
export const IGNORE_FILE = '.arenaignore';

const LEAVE_OUT = `Leave out what the agent does not need by lines in ${IGNORE_FILE}, such as checkpoints/ or *.log.`;
/** Python's virtual environments have it, whatever they are called; they are links and packages of one machine. */
const VIRTUAL_ENVIRONMENT = 'pyvenv.cfg';

interface Found {
  readonly files: { readonly path: string; readonly executable: boolean; readonly size: number }[];
  readonly leftOut: string[];
}

export interface PackedAgent extends CheckedArchive {
  /** Files and folders (these end with `/`) that are no part of it, relative to the agent's folder. */
  readonly leftOut: readonly string[];
}

async function ignoreFor(folder: string): Promise<Ignore> {
  const own = await readFile(join(folder, IGNORE_FILE), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  return ignoreOf([...IGNORED_BY_DEFAULT, ...own.split('\n')]);
}

async function find(
  folder: string,
  ignore: Ignore,
  top = '',
  found: Found = { files: [], leftOut: [] },
): Promise<Found> {
  for (const entry of await readdir(join(folder, top), { withFileTypes: true })) {
    const path = top === '' ? entry.name : `${top}/${entry.name}`;
    if (
      ignore(path, entry.isDirectory()) ||
      (entry.isDirectory() && existsSync(join(folder, path, VIRTUAL_ENVIRONMENT)))
    ) {
      found.leftOut.push(entry.isDirectory() ? `${path}/` : path);
    } else if (entry.isDirectory()) {
      await find(folder, ignore, path, found);
    } else if (entry.isFile()) {
      const { mode, size } = await lstat(join(folder, path));
      found.files.push({ path, executable: (mode & 0o100) !== 0, size });
    } else {
      const link = entry.isSymbolicLink();
      throw new ArchiveError(
        link ? 'archive_link' : 'archive_special_file',
        `${show(path)} is ${link ? 'a link' : 'neither file nor folder'}. ${link ? 'Put the file itself there' : 'Take it away'}, or leave it out by a line in ${IGNORE_FILE}.`,
      );
    }
  }
  return found;
}

/**
 * The files of an agent's folder that are part of it, by their paths in it, in the order of their bytes. Throws
 * {@link ArchiveError} for links and special files, and file system errors.
 */
export async function agentFiles(folder: string): Promise<readonly string[]> {
  const { files } = await find(folder, await ignoreFor(folder));
  return files.map(({ path }) => path).sort(byBytes);
}

/** Not as somebody's language sorts. */
const byBytes = (a: string, b: string): number => (a < b ? -1 : 1);

/**
 * The archive of a folder: regular files only, sorted, times and owners zero, so that an unchanged agent has an
 * unchanged sha256; read again as a server reads it. Throws {@link ArchiveError} for what a server would refuse, and
 * file system errors.
 */
export async function packAgent(
  folder: string,
  limits: ArchiveLimits = DEFAULT_LIMITS,
): Promise<PackedAgent> {
  const { files, leftOut } = await find(folder, await ignoreFor(folder));
  // before anything is read into memory
  const held = files.reduce((sum, { size }) => sum + size, 0);
  if (held > limits.unpackedBytes)
    throw new ArchiveError(
      'archive_unpacks_too_large',
      `The folder holds ${mebibytes(held)}; at most ${mebibytes(limits.unpackedBytes)} are taken. ${largestFiles(files)} ${LEAVE_OUT}`,
    );
  if (files.length > limits.entries)
    throw new ArchiveError(
      'archive_too_many_entries',
      `The folder holds ${files.length} files; at most ${limits.entries} are taken. ${fullestFolders(files)} ${LEAVE_OUT}`,
    );
  files.sort((a, b) => byBytes(a.path, b.path));
  const tar = pack();
  const packed = buffer(tar.pipe(createGzip({ level: 9 })));
  for (const { path, executable } of files) {
    const header = { name: path, mode: executable ? 0o755 : 0o644, mtime: new Date(0) };
    tar.entry(header, await readFile(join(folder, path)));
  }
  tar.finalize();
  const bytes = await packed;
  if (bytes.length > limits.compressedBytes)
    throw new ArchiveError(
      'archive_too_large',
      `The archive has ${mebibytes(bytes.length)}; at most ${mebibytes(limits.compressedBytes)} are taken. ${largestFiles(files)} ${LEAVE_OUT}`,
    );
  return { ...(await checkArchive(Readable.from([bytes]), limits)), leftOut: leftOut.sort() };
}
