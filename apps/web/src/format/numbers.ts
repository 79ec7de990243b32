/** Numbers as people read them. English grouping everywhere, so that two visitors compare the same text. */
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const compactForm = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** What stands where there is no figure yet. */
export const NONE = '–';

/** `12,345`; an en dash for null. */
export function formatWhole(value: number | null): string {
  return value === null ? NONE : whole.format(value);
}

/** `12,345.5` with one decimal at most: medians and means can lie between two scores. */
export function formatFigure(value: number | null): string {
  if (value === null) return NONE;
  return Math.abs(value) >= 1000 ? whole.format(value) : tenth.format(value);
}

/** `12.3K`: for axes and other narrow places. */
export function formatCompact(value: number): string {
  return compactForm.format(value);
}

/** `1 game`, `2 games`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

/** Share of `total` in percent, 0–100; 0 of 0 is 0. */
export function percent(part: number, total: number): number {
  return total <= 0 ? 0 : Math.min(100, Math.max(0, (100 * part) / total));
}
