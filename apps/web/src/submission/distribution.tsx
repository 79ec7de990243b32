import { binsFor, histogram, scoreScale } from '@arena/contracts';
import { formatCompact, formatFigure, formatWhole, plural } from '../format/numbers.ts';

const WIDTH = 640;
const HEIGHT = 260;
const PAD = { left: 34, right: 12, top: 24, bottom: 24 };

interface Props {
  scores: readonly number[];
  median: number | null;
}

/** How the scores are distributed: bars on the logarithmic scale of scores, with the median marked. */
export function Distribution({ scores, median }: Props) {
  if (scores.length === 0) return <p className="muted">The first finished game starts this picture.</p>;
  const scale = scoreScale(scores);
  const bins = histogram(scores, scale, binsFor(scores.length));
  const most = Math.max(...bins.map((bin) => bin.count));
  const x = (score: number): number => PAD.left + scale.place(score) * (WIDTH - PAD.left - PAD.right);
  const y = (count: number): number => HEIGHT - PAD.bottom - (count / most) * (HEIGHT - PAD.top - PAD.bottom);
  const words = `Scores of ${plural(scores.length, 'game')}; median ${formatFigure(median)}, largest ${formatWhole(Math.max(...scores))}`;
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
      {[...new Set([Math.ceil(most / 2), most])].map((count) => (
        <g key={count}>
          <line className="chart-grid" x1={PAD.left} x2={WIDTH - PAD.right} y1={y(count)} y2={y(count)} />
          <text className="chart-label" x={PAD.left - 6} y={y(count) + 4} textAnchor="end">
            {formatCompact(count)}
          </text>
        </g>
      ))}
      {bins.map((bin) => (
        <rect
          key={bin.from}
          className="chart-bar"
          x={x(bin.from) + 0.75}
          width={Math.max(1, x(bin.to) - x(bin.from) - 1.5)}
          y={y(bin.count)}
          height={HEIGHT - PAD.bottom - y(bin.count)}
          rx="1.5"
        >
          <title>{`${formatWhole(bin.from)} to ${formatWhole(bin.to)}: ${plural(bin.count, 'game')}`}</title>
        </rect>
      ))}
      <line
        className="chart-axis"
        x1={PAD.left}
        x2={WIDTH - PAD.right}
        y1={HEIGHT - PAD.bottom}
        y2={HEIGHT - PAD.bottom}
      />
      {scale.ticks.map((tick) => (
        <text key={tick} className="chart-label" x={x(tick)} y={HEIGHT - 6} textAnchor="middle">
          {formatCompact(tick)}
        </text>
      ))}
      {median !== null && (
        <g>
          <line
            className="chart-median"
            x1={x(median)}
            x2={x(median)}
            y1={PAD.top - 16}
            y2={HEIGHT - PAD.bottom}
          />
          <text
            className="chart-median-label"
            x={x(median) + (scale.place(median) > 0.75 ? -6 : 6)}
            y={PAD.top - 8}
            textAnchor={scale.place(median) > 0.75 ? 'end' : 'start'}
          >
            median {formatFigure(median)}
          </text>
        </g>
      )}
    </svg>
  );
}
