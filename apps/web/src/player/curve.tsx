import type { Sample } from './engine/outcome.ts';
import { depthSpans, scorePath } from './curve-path.ts';

const WIDTH = 1000;
const HEIGHT = 40;

interface Props {
  samples: readonly Sample[];
  total: number;
  at: number;
}

/** The score over the whole game as a curve, deeper levels as darker ground, and where the player is. */
export function Curve({ samples, total, at }: Props) {
  if (samples.length < 2 || total === 0)
    return <svg className="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" />;
  const path = scorePath(samples, total, WIDTH, HEIGHT);
  const spans = depthSpans(samples, total);
  const deepest = Math.max(...spans.map((span) => span.depth), 1);
  return (
    <svg className="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {spans.map((span) => (
        <rect
          key={span.from}
          className="curve-depth"
          x={span.from * WIDTH}
          width={(span.to - span.from) * WIDTH}
          y="0"
          height={HEIGHT}
          opacity={(span.depth - 1) / deepest}
        />
      ))}
      <path className="curve-area" d={`${path}L${WIDTH},${HEIGHT}L0,${HEIGHT}Z`} />
      <path className="curve-line" d={path} vectorEffect="non-scaling-stroke" />
      <line
        className="curve-at"
        x1={(at / total) * WIDTH}
        x2={(at / total) * WIDTH}
        y1="0"
        y2={HEIGHT}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
