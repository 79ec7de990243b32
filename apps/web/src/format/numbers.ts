/** Numbers as people read them: the board's own figures come from the contracts, the rest is drawn here only. */
export { formatFigure, formatWhole, NONE, plural } from '@arena/contracts';

const compactForm = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** `12.3K`: for axes and other narrow places. */
export function formatCompact(value: number): string {
  return compactForm.format(value);
}

/** Share of `total` in percent, 0–100; 0 of 0 is 0. */
export function percent(part: number, total: number): number {
  return total <= 0 ? 0 : Math.min(100, Math.max(0, (100 * part) / total));
}
