import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from './usage.ts';

/** One thing the program does: `arena <name>`, or in a group `arena <group> <name>`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole help. */
  readonly help: string;
  /** Returns the exit code. Throws UsageError or CommandError. */
  run(args: readonly string[]): Promise<number>;
}

/** Commands that belong together; a folder of its own. */
export interface Group {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command[];
}

interface Parsed<Options extends ParseArgsOptionsConfig> {
  readonly values: ReturnType<typeof parseArgs<{ options: Options; allowPositionals: true }>>['values'];
  readonly positionals: readonly string[];
}

/** node:util's parseArgs, whose mistakes become UsageErrors of one line. */
export function parse<Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
): Parsed<Options> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code?.startsWith('ERR_PARSE_ARGS_') !== true) throw cause;
    // the first sentence says it; the rest is about quoting
    const [sentence = message] = message.split(/\. |\n/);
    throw new UsageError(sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, ''), { cause });
  }
}

const list = (entries: readonly { name: string; summary: string }[]): string =>
  entries.map(({ name, summary }) => `  ${name.padEnd(14)}${summary}`).join('\n');

export const isGroup = (entry: Command | Group): entry is Group => 'commands' in entry;

export const programHelp = (
  entries: readonly (Command | Group)[],
): string => `NetHack Arena on the command line

usage: arena <command> [options]

${list(entries)}

arena <command> --help explains one; arena --version tells the version.`;

export const groupHelp = ({ name, summary, commands }: Group): string => `${summary}

usage: arena ${name} <command> [options]

${list(commands)}

arena ${name} <command> --help explains one.`;
