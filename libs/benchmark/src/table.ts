import { type Bound, type Measure, isMissed } from './measure.ts';

const shown = (value: number): string => {
  const digits = Math.abs(value) < 1 ? 3 : Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
};

const boundText = (must: Bound): string =>
  'least' in must ? `≥ ${shown(must.least)}` : `≤ ${shown(must.most)}`;

/** One line of the table, 80 columns at most for names of up to 40 characters. */
export function tableLine(measure: Measure): string {
  const { name, value, unit, must } = measure;
  const verdict = must === undefined ? '' : `  ${isMissed(measure) ? '✗' : '✓'} ${boundText(must)}`;
  return `${name.padEnd(40)}${shown(value).padStart(11)} ${unit.padEnd(8)}${verdict}`.trimEnd();
}

/** A sentence for each promise that was not kept. */
export function missedLines(measures: readonly Measure[]): string[] {
  return measures.filter(isMissed).map(({ name, value, unit, must }) => {
    const bound = must === undefined ? '' : boundText(must);
    return `missed: ${name} is ${shown(value)} ${unit}`.trimEnd() + `, must be ${bound}`;
  });
}
