import { Engine } from '@arena/engine';
import { TapeError, ttyrec, type Tape } from '@arena/tape';
import { bzip2 } from '@arena/tape/node';
import { parse, type Command } from '../command.ts';
import { saveFile, sizeOf } from '../files.ts';
import { EXIT } from '../program.ts';
import { UsageError } from '../usage.ts';
import { demandEngine, oneFile, readTape } from './tape-file.ts';
import { out } from '../terminal/out.ts';

const HELP = `Writes a tape as a file that other programs read.

usage: arena engine export FILE --ttyrec | --ttyrec3 | --xlogfile [--output PATH] [--force]

  --ttyrec        a terminal recording, for ttyplay and the like          FILE.ttyrec
  --ttyrec3       NLE's: terminal, keys and scores, packed with bzip2     FILE.ttyrec3.bz2
  --xlogfile      NetHack's own line about an ended game, byte by byte;   standard output
                  on a terminal with its control characters escaped
  --output PATH   write there; - is standard output
  --force         overwrite what is there

A tape holds no times: recordings have ten keys a second, from the game's clock on.

  arena engine export game.tape --ttyrec && ttyplay game.ttyrec`;

const KINDS = ['ttyrec', 'ttyrec3', 'xlogfile'] as const;
type Kind = (typeof KINDS)[number];

const OPTIONS = {
  ttyrec: { type: 'boolean', default: false },
  ttyrec3: { type: 'boolean', default: false },
  xlogfile: { type: 'boolean', default: false },
  output: { type: 'string', short: 'o' },
  force: { type: 'boolean', default: false },
} as const;

function chosen(values: Readonly<Record<Kind, boolean>>): Kind {
  const kinds = KINDS.filter((kind) => values[kind]);
  const [kind, ...more] = kinds;
  if (kind === undefined || more.length > 0)
    throw new UsageError('say one of --ttyrec, --ttyrec3 and --xlogfile');
  return kind;
}

function xlogfile(path: string, { end }: Tape): Uint8Array {
  if (end.kind !== 'ended' || end.xlogfile === null) {
    throw new TapeError(
      'nothing_to_export',
      `${path}: NetHack wrote no xlogfile line, since the game had not ended when its tape stopped`,
    );
  }
  return Buffer.from(`${end.xlogfile}\n`, 'latin1');
}

async function content(
  kind: Kind,
  path: string,
  tape: Tape,
): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>> {
  if (kind === 'xlogfile') return [xlogfile(path, tape)];
  const engine = await Engine.load();
  demandEngine(path, tape, engine);
  return kind === 'ttyrec' ? ttyrec(engine, tape, 1) : bzip2(ttyrec(engine, tape, 3));
}

function defaultOutput(kind: Kind, path: string): string {
  if (kind === 'xlogfile') return '-';
  const name = path.replace(/\.tape$/, '');
  return kind === 'ttyrec' ? `${name}.ttyrec` : `${name}.ttyrec3.bz2`;
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  const path = oneFile(positionals, 'tape');
  const kind = chosen(values);
  const output = values.output ?? defaultOutput(kind, path);
  const pieces = await content(kind, path, await readTape(path));
  if (output === '-' && process.stdout.isTTY) {
    if (kind !== 'xlogfile')
      throw new UsageError(`--${kind} is no text for a terminal: send it to a file or another program`);
    // In a pipe or a file it is NetHack's line byte by byte; on a terminal the hero's name must not be obeyed.
    for await (const piece of pieces) out(Buffer.from(piece).toString('latin1'));
    return EXIT.ok;
  }
  if (output === '-') {
    for await (const piece of pieces)
      if (!process.stdout.write(piece)) await new Promise((go) => process.stdout.once('drain', go));
    return EXIT.ok;
  }
  const bytes = await saveFile(output, pieces, values.force);
  out(`${output} (${sizeOf(bytes)})\n`);
  return EXIT.ok;
}

export const EXPORT: Command = {
  name: 'export',
  summary: 'write a tape as ttyrec, ttyrec3 or xlogfile',
  help: HELP,
  run,
};
