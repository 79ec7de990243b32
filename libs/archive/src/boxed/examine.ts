import { Readable } from 'node:stream';
import { Stage, type Finding } from '@arena/sandbox';
import { ArchiveError } from '../errors.ts';
import { openArchiveBox } from './archive-box.ts';

const NAME = 'reading of uploads';
/** A box that works refuses it. */
const NO_ARCHIVE = Buffer.from('no archive');

/** How this machine reads archives: for `arena doctor`. Never rejects. */
export async function examineUploads(): Promise<Finding> {
  const stage = new Stage();
  let reason = '';
  try {
    const box = await openArchiveBox({ stage }, (why) => {
      reason = why;
    });
    const begin = performance.now();
    const refusal: unknown = await box.check(Readable.from([NO_ARCHIVE])).catch((error: unknown) => error);
    if (!(refusal instanceof ArchiveError)) throw refusal;
    const took = `${Math.ceil(performance.now() - begin)} ms`;
    if (box.isSandboxed)
      return { name: NAME, grade: 'PASS', found: `in a sandbox, ${took} an archive`, remedy: null };
    return {
      name: NAME,
      grade: 'CAUTION',
      found: `in a child process with limits and an empty environment, ${took} an archive: ${reason}`,
      remedy:
        'Where the API runs, allow what bubblewrap needs, as for a worker; workers unpack in sandboxes alone.',
    };
  } catch (error) {
    return {
      name: NAME,
      grade: 'FAIL',
      found: error instanceof Error ? error.message : String(error),
      remedy:
        'Run npm run build; the folder for temporary files must be writable, and every user must be able to enter it (chmod o+x).',
    };
  } finally {
    stage.dispose();
  }
}
