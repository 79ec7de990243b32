/**
 * Runs in a box: `node program.js LIMITS [FOLDER]`, with an archive on standard input. Checks it while it streams, unpacks it
 * into the folder where one is given, and writes what it found, or why it is refused, to standard output.
 */
import { writeSync } from 'node:fs';
import { readContents } from '../contents.ts';
import { ArchiveError } from '../errors.ts';
import type { ArchiveLimits } from '../limits.ts';
import { sinkInto } from '../unpack.ts';
import { encodeContents, encodeRefusal } from './document.ts';

/** All of it, before the process ends: what is left of the archive is not waited for. */
function answer(text: string): never {
  const bytes = Buffer.from(`${text}\n`);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      // A pipe that is full, where it is one that does not block.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
  process.exit(0);
}

const [limits, folder] = process.argv.slice(2);
process.umask(0o022);
try {
  const contents = await readContents(
    process.stdin,
    JSON.parse(limits ?? '') as ArchiveLimits,
    folder === undefined ? {} : sinkInto(folder),
  );
  answer(encodeContents(contents));
} catch (error) {
  if (!(error instanceof ArchiveError)) throw error;
  answer(encodeRefusal(error));
}
