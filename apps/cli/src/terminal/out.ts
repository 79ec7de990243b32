/**
 * Where the command line writes: names, reasons and logs come from strangers, and none may move a cursor, turn text around or
 * set a title. What is hidden is written as JSON writes it (`\u009b`), so that `--json` says the same to programs.
 */
import { withHidden } from '@arena/contracts';

/** Line ends and tabs stay. */
export function safe(text: string): string {
  return withHidden(text, (character) =>
    character === '\n' || character === '\t'
      ? character
      : Array.from(
          { length: character.length },
          (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
        ).join(''),
  );
}

/** To standard output. */
export const out = (text: string): boolean => process.stdout.write(safe(text));
/** To standard error. */
export const err = (text: string): boolean => process.stderr.write(safe(text));
