import { Engine } from '@arena/engine';
import { TapeError, verify, type Difference, type Tape } from '@arena/tape';
import { parse, type Command } from '../command.ts';
import { EXIT } from '../program.ts';
import { UsageError } from '../usage.ts';
import { count, endWords, readTape } from './tape-file.ts';
import { out } from '../terminal/out.ts';

const HELP = `Plays tapes again and says whether each is the game it claims to be, or where it differs.

usage: arena engine verify [--json] FILE…

  FILE     a tape: what arena engine play saves, or what a game's page on the website gives for download
  --json   one JSON document on standard output instead of a line for each tape

A tape holds everything that entered the game, its keys, and a digest of what was seen every 1,000 keys. It is the
same if the game played here gives every digest, the same end, score and record, by the same engine.

Exit code: 0 if every tape is the same, 1 if one differs or cannot be read, 2 for a wrong call.

  arena engine verify *.tape
  arena engine verify --json game.tape | jq '.tapes[].differences'`;

interface Result {
  readonly path: string;
  readonly same: boolean;
  readonly keys: number;
  readonly checkpoints: number;
  readonly firstDifferentCheckpoint: number | null;
  readonly score: number | null;
  readonly end: string | null;
  readonly engine: string | null;
  readonly differences: readonly Difference[];
  /** Why the file is no tape; null for one that was played. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

function unreadable(path: string, code: string, message: string): Result {
  return {
    path,
    same: false,
    keys: 0,
    checkpoints: 0,
    firstDifferentCheckpoint: null,
    score: null,
    end: null,
    engine: null,
    differences: [],
    error: { code, message },
  };
}

async function check(path: string, engine: Engine): Promise<Result> {
  let tape: Tape;
  try {
    tape = await readTape(path);
  } catch (error) {
    if (error instanceof TapeError)
      return unreadable(path, error.code, error.message.replace(`${path}: `, ''));
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const words: Record<string, string> = { ENOENT: 'there is no such file', EISDIR: 'this is a folder' };
    return unreadable(path, code, words[code] ?? `it cannot be read (${code})`);
  }
  const { same, keys, checkpoints, firstDifferentCheckpoint, differences } = verify(tape, engine);
  return {
    path,
    same,
    keys,
    checkpoints,
    firstDifferentCheckpoint,
    score: tape.figures.score,
    end: endWords(tape),
    engine: tape.engineId,
    differences,
    error: null,
  };
}

function line(result: Result): string {
  const { path, same, keys, checkpoints, score, end, differences, error } = result;
  if (error !== null) return `${path}: unreadable: ${error.message}`;
  if (!same) return `${path}: differs: ${differences.map(({ message }) => message).join('; ')}`;
  return `${path}: same: ${count(keys)} keys, ${count(checkpoints)} checkpoints, score ${count(score ?? 0)}, ${end ?? ''}`;
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: 'boolean', default: false } });
  if (positionals.length === 0) throw new UsageError('which tapes? Give their files');
  const engine = await Engine.load();
  const results: Result[] = [];
  for (const path of positionals) {
    const result = await check(path, engine);
    results.push(result);
    if (!values.json) out(`${line(result)}\n`);
  }
  const same = results.filter((result) => result.same).length;
  if (values.json) {
    const report = { engine: engine.id, tapes: results, same, checked: results.length };
    out(`${JSON.stringify(report, null, 2)}\n`);
  }
  return same === results.length ? EXIT.ok : EXIT.failed;
}

export const VERIFY: Command = {
  name: 'verify',
  summary: 'check tapes: play them again and compare',
  help: HELP,
  run,
};
