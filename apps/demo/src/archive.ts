/** Packs an agent's folder as it is uploaded: a .tar.gz whose bytes depend on nothing but the files. */
import { createGzip } from 'node:zlib';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

/** Tests and what tools leave behind are no part of an agent. */
const LEFT_OUT = /(^|\/)(node_modules|dist|\..*)(\/|$)|\.spec\.ts$/;

async function filesOf(folder: string, top = folder): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (LEFT_OUT.test(relative(top, path).split(sep).join('/'))) return [];
      return entry.isDirectory() ? filesOf(path, top) : [path];
    }),
  );
  return nested.flat().sort();
}

/**
 * The archive of a folder: regular files only, sorted, times and owners zero, so that an unchanged agent has an
 * unchanged sha256. Rejects if the folder cannot be read.
 */
export async function packAgent(folder: string): Promise<Buffer> {
  const tar = pack();
  const packed = buffer(tar.pipe(createGzip({ level: 9 })));
  for (const path of await filesOf(folder)) {
    const { mode } = await stat(path);
    tar.entry(
      {
        name: relative(folder, path).split(sep).join('/'),
        mode: mode & 0o100 ? 0o755 : 0o644,
        mtime: new Date(0),
      },
      await readFile(path),
    );
  }
  tar.finalize();
  return packed;
}
