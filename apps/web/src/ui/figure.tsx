import { formatFigure } from '../format/numbers.ts';

/** A median or mean whose decimal point stands under those above it: the place of the decimal is kept where there is none. */
export function Figure({ value, testId }: { value: number | null; testId?: string }) {
  const [whole = '', tenths] = formatFigure(value).split('.');
  return (
    <span className="figure number" data-testid={testId}>
      {whole}
      <span className="figure-tenths">{tenths === undefined ? '' : `.${tenths}`}</span>
    </span>
  );
}
