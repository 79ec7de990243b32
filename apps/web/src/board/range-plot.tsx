import type { Scale } from '@arena/contracts';
import { formatFigure } from '../format/numbers.ts';

interface Props {
  scale: Scale;
  median: number | null;
  quartile1: number | null;
  quartile3: number | null;
}

const HEIGHT = 22;
const WIDTH = 200;

/** A median as a mark within the bar of its quartiles, on the scale all rows share. The number stands beside it as text. */
export function RangePlot({ scale, median, quartile1, quartile3 }: Props) {
  if (median === null) return <svg className="range" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" />;
  const from = scale.place(quartile1 ?? median) * WIDTH;
  const to = scale.place(quartile3 ?? median) * WIDTH;
  const words = `Median ${formatFigure(median)}; the middle half of the games lies between ${formatFigure(quartile1)} and ${formatFigure(quartile3)}`;
  return (
    <svg
      className="range"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      {scale.ticks.map((tick) => (
        <line
          key={tick}
          className="range-tick"
          x1={scale.place(tick) * WIDTH}
          x2={scale.place(tick) * WIDTH}
          y1="0"
          y2={HEIGHT}
        />
      ))}
      <rect className="range-bar" x={from} y="7" width={Math.max(2, to - from)} height="8" rx="2" />
      <line
        className="range-mark"
        x1={scale.place(median) * WIDTH}
        x2={scale.place(median) * WIDTH}
        y1="2"
        y2="20"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
