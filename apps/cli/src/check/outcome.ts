import { wrap } from '../terminal/wrap.ts';

export type Grade = 'PASS' | 'CAUTION' | 'FAIL';

/** What one check found. */
export interface Outcome {
  readonly check: string;
  readonly grade: Grade;
  /** One sentence. */
  readonly message: string;
  /** What to do about it; null where nothing is to be done. */
  readonly remedy: string | null;
  /** The last lines the agent printed, where they tell more; else null. */
  readonly log: string | null;
}

export const pass = (check: string, message: string): Outcome => ({
  ...{ check, grade: 'PASS', message, remedy: null, log: null },
});
export const caution = (check: string, message: string, remedy: string): Outcome => ({
  ...{ check, grade: 'CAUTION', message, remedy, log: null },
});
export const fail = (check: string, message: string, remedy: string, log: string | null = null): Outcome => ({
  ...{ check, grade: 'FAIL', message, remedy, log },
});

const COLUMNS = 80;
const GRADE_WIDTH = 9;
const NAME_WIDTH = 13;

/** `PASS     determinism  the same keys twice`, with the remedy under it. */
export function outcomeLines({ check, grade, message, remedy }: Outcome): string {
  const indent = ' '.repeat(GRADE_WIDTH + NAME_WIDTH);
  const width = COLUMNS - indent.length;
  const [first = '', ...rest] = wrap(message, width);
  return [
    `${grade.padEnd(GRADE_WIDTH)}${check.padEnd(NAME_WIDTH)}${first}`,
    ...[...rest, ...(remedy === null ? [] : wrap(`→ ${remedy}`, width))].map((line) => indent + line),
  ].join('\n');
}
