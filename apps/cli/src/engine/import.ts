import { Engine } from '@arena/engine';
import { TapeError, encodeTape, readTtyrec3, tapeFromRecording } from '@arena/tape';
import { readUnpacked } from '@arena/tape/node';
import { parse, type Command } from '../command.ts';
import { saveFile, sizeOf } from '../files.ts';
import { EXIT } from '../program.ts';
import { CommandError, UsageError } from '../usage.ts';
import { SETTINGS_HELP, SETTINGS_OPTIONS, readSettings } from './settings.ts';
import { count, endWords, oneFile } from './tape-file.ts';
import { out } from '../terminal/out.ts';

const HELP = `Makes a tape from the keys in one of NLE's recordings (ttyrec3, packed or not).

usage: arena engine import FILE.ttyrec3.bz2 --core N --disp N [settings] [--output PATH] [--force]

A recording holds keys and pictures, not what the game was started with: that must be said. The scores in the recording
are compared with those of the game played here; where they differ, the settings were others, and no tape is written.

${SETTINGS_HELP}
  --output PATH     where to write the tape; default FILE.tape
  --force           write it even if scores differ, and over what is there`;

const OPTIONS = {
  ...SETTINGS_OPTIONS,
  output: { type: 'string', short: 'o' },
  force: { type: 'boolean', default: false },
} as const;

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  const path = oneFile(positionals, 'recording');
  const settings = readSettings(values, (name) => {
    throw new UsageError(`--${name} is wanted: the recording does not hold its seeds`);
  });
  const recording = await readTtyrec3(readUnpacked(path)).catch((error: unknown) => {
    if (!(error instanceof TapeError)) throw error;
    throw new TapeError(error.code, `${path}: ${error.message}`, { cause: error });
  });
  const { tape, keysLeft, mismatch } = tapeFromRecording(await Engine.load(), settings, recording);
  if (mismatch !== null && !values.force) {
    const { keys, recorded, played } = mismatch;
    throw new CommandError(
      `${path}: after ${count(keys)} keys its score is ${count(recorded)}, and ${count(played)} with these settings: ` +
        'they are not those of the recording (--force writes the tape all the same)',
    );
  }
  const output = values.output ?? `${path.replace(/(\.ttyrec3?)?(\.bz2)?$/, '')}.tape`;
  const bytes = await saveFile(output, [await encodeTape(tape)], values.force);
  const left = keysLeft === 0 ? '' : `; ${count(keysLeft)} keys after its end were left out`;
  out(`${output} (${sizeOf(bytes)}, ${count(tape.keys.length)} keys, ${endWords(tape)}${left})\n`);
  return EXIT.ok;
}

export const IMPORT: Command = {
  name: 'import',
  summary: "make a tape from NLE's ttyrec3",
  help: HELP,
  run,
};
