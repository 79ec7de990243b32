import { createRequire } from 'node:module';
import { ArchiveError } from '@arena/archive';
import { ImageError } from '@arena/archive/image';
import { ApiError } from '@arena/client';
import { EngineError } from '@arena/engine';
import { PlatformError, ShardAborted } from '@arena/evaluation';
import { ManifestError } from '@arena/protocol';
import { SandboxError } from '@arena/sandbox';
import { TapeError } from '@arena/tape';
import { Bzip2Error } from '@arena/tape/node';
import { type Command, type Group, groupHelp, isGroup, programHelp } from './command.ts';
import { CommandError, UsageError } from './usage.ts';
import { err, out } from './terminal/out.ts';

const { version: VERSION } = createRequire(import.meta.url)('../package.json') as { version: string };

export const EXIT = { ok: 0, failed: 1, usage: 2, stopped: 130 } as const;

const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h' || word === 'help';

function say(text: string): void {
  out(`${text}\n`);
}

function complain(path: string, message: string): void {
  err(`${path}: ${message}\n`);
}

/** Errors whose message is made for people. */
const SPOKEN = [
  CommandError,
  TapeError,
  EngineError,
  Bzip2Error,
  ArchiveError,
  ImageError,
  ManifestError,
  SandboxError,
  PlatformError,
  ApiError,
] as const;

/** Words for what went wrong with a file or a program; undefined for faults of our own. */
function words(error: unknown): string | undefined {
  if (SPOKEN.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, path } = error as NodeJS.ErrnoException;
  if (path === undefined || code === undefined) return undefined;
  const known: Record<string, string> = {
    ENOENT: `there is no ${path}`,
    EISDIR: `${path} is a folder; a file is wanted`,
    EACCES: `${path} may not be opened by you`,
    EROFS: `${path} cannot be written: the disk is read-only`,
    ENOSPC: `${path} cannot be written: the disk is full`,
    ENOTDIR: `there is no ${path}`,
  };
  return known[code] ?? `${path} cannot be used (${code})`;
}

async function runCommand(path: string, command: Command, args: readonly string[]): Promise<number> {
  const beforeFiles = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (beforeFiles.some((arg) => arg === '--help' || arg === '-h')) {
    say(command.help);
    return EXIT.ok;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (error instanceof UsageError) {
      complain(path, `${error.message} (see ${path} --help)`);
      return EXIT.usage;
    }
    if (error instanceof ShardAborted) {
      complain(path, 'stopped');
      return EXIT.stopped;
    }
    const told = words(error);
    if (told === undefined) throw error;
    complain(path, told);
    return EXIT.failed;
  }
}

/** Finds the command and runs it; returns the exit code. */
export async function runProgram(
  entries: readonly (Command | Group)[],
  argv: readonly string[],
): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined || isHelp(first)) {
    say(programHelp(entries));
    return first === undefined ? EXIT.usage : EXIT.ok;
  }
  if (first === '--version' || first === '-v') {
    say(`arena ${VERSION}`);
    return EXIT.ok;
  }
  const entry = entries.find(({ name }) => name === first);
  if (entry === undefined) {
    complain('arena', `there is no '${first}' (see arena --help)`);
    return EXIT.usage;
  }
  return isGroup(entry) ? runGroup(entry, rest) : runCommand(`arena ${entry.name}`, entry, rest);
}

async function runGroup(group: Group, argv: readonly string[]): Promise<number> {
  const [commandName, ...args] = argv;
  if (commandName === undefined || isHelp(commandName)) {
    say(groupHelp(group));
    return commandName === undefined ? EXIT.usage : EXIT.ok;
  }
  const command = group.commands.find(({ name }) => name === commandName);
  if (command === undefined) {
    complain(`arena ${group.name}`, `there is no '${commandName}' (see arena ${group.name} --help)`);
    return EXIT.usage;
  }
  return runCommand(`arena ${group.name} ${command.name}`, command, args);
}
