/** The value below which `part` (0…1) of the values lie: the nearest that was measured. NaN for none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
}

/** The middle one of the values; one slow moment of the machine does not move it. NaN for none. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);
