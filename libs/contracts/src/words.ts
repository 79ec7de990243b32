/**
 * Figures as people read them, the same on pages and in terminals, so that two readers compare the same text.
 * English grouping everywhere.
 */
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** What stands where there is no figure yet. */
export const NONE = '–';

/** `12,345`; an en dash for null. */
export function formatWhole(value: number | null): string {
  return value === null ? NONE : whole.format(value);
}

/**
 * A median, quartile or mean, which can lie between two scores: one decimal at most, and none from a thousand on, where it
 * says nothing. An en dash for null.
 */
export function formatFigure(value: number | null): string {
  if (value === null) return NONE;
  // What rounds to a thousand is written like a thousand.
  return Math.abs(value) >= 999.95 ? whole.format(value) : tenth.format(value);
}

/** `1 game`, `2 games`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}
