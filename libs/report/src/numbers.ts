/**
 * A figure of about `digits` significant digits as people write it: 380, 3.8, 0.038, 12,345. Digits before the point are never rounded
 * away, and there is no exponent: `toPrecision` makes 3.8e+2 of 380.
 */
export function figure(value: number, digits = 2): string {
  return value.toLocaleString('en-US', {
    maximumSignificantDigits: Math.max(digits, wholeDigits(value)),
    maximumFractionDigits: MOST_DECIMALS,
  });
}

const MOST_DECIMALS = 20;

const wholeDigits = (value: number): number => Math.trunc(Math.abs(value)).toString().length;
