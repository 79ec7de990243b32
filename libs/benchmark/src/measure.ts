/** What a figure must keep: at least, or at most. */
export type Bound = { readonly least: number } | { readonly most: number };

/** One figure of a benchmark. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  /** `ms`, `keys/s`; empty for a ratio. */
  readonly unit: string;
  /** Left out where nothing is promised. */
  readonly must?: Bound | undefined;
}

/** Whether a promise is broken; what could not be measured breaks it. */
export function isMissed({ value, must }: Measure): boolean {
  if (must === undefined) return false;
  return !('least' in must ? value >= must.least : value <= must.most);
}
