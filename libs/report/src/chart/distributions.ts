import { binsFor, formatFigure, histogram, scoreScale } from '@arena/contracts';
import { along, axisLines, type Axis } from './axis.ts';
import { element, INK, picture, seriesColour, text, tooltip } from './svg.ts';

/** One agent's values. */
export interface DistributionRow {
  readonly label: string;
  readonly values: readonly number[];
  /** Drawn as a mark with its interval; null where there is none. */
  readonly median: { readonly median: number; readonly low: number; readonly high: number } | null;
}

export interface DistributionChart {
  readonly title: string;
  /** What the axis counts. */
  readonly unit: string;
  readonly rows: readonly DistributionRow[];
}

const WIDTH = 760;
const LEFT = 120;
const RIGHT = 24;
const TOP = 44;
const ROW = 88;
const BARS = 60;

/** Histograms under each other on one scale, through log(1 + x), each with its median. Rows are scaled to their own peak. */
export function distributionChart({ title, unit, rows }: DistributionChart): string {
  const scale = scoreScale(rows.flatMap(({ values }) => values));
  const bottom = TOP + ROW * rows.length;
  const axis: Axis = { scale, left: LEFT, right: WIDTH - RIGHT, top: TOP, bottom };
  const content = rows.map((row, i) => drawRow(row, axis, TOP + ROW * (i + 1) - 8, seriesColour(i)));
  const words = rows.map(
    ({ label, values, median }) =>
      `${label}: ${values.length} values, median ${formatFigure(median?.median ?? null)}`,
  );
  const size = { width: WIDTH, height: bottom + 42, title };
  return picture({ ...size, description: `${unit}. ${words.join('; ')}.` }, [
    ...axisLines(axis, unit),
    ...content.flat(),
  ]);
}

function drawRow(row: DistributionRow, axis: Axis, base: number, fill: string): string[] {
  const { label, values, median } = row;
  const bins = values.length === 0 ? [] : histogram(values, axis.scale, binsFor(values.length));
  // By density on the scale: bins that were joined with a neighbour are wider, not higher.
  const widthOf = ({ from, to }: { from: number; to: number }): number =>
    Math.max(1, along(axis, to) - along(axis, from));
  const peak = Math.max(1e-9, ...bins.map((bin) => bin.count / widthOf(bin)));
  const bars = bins
    .filter(({ count }) => count > 0)
    .map((bin) => {
      const width = widthOf(bin);
      const height = Math.max(1, (bin.count / width / peak) * BARS);
      const bar = { x: along(axis, bin.from), y: base - height, width: Math.max(1, width - 1), height };
      const words = `${formatFigure(bin.from)} to ${formatFigure(bin.to)}: ${bin.count}`;
      return element('rect', { ...bar, fill, 'fill-opacity': 0.55 }, tooltip(words));
    });
  return [
    text(16, base - 18, label, { fill, 'font-weight': 600 }),
    text(16, base - 2, `n = ${values.length}`, { fill: INK.muted, 'font-size': 11 }),
    element('line', { x1: axis.left, x2: axis.right, y1: base, y2: base, stroke: INK.line }),
    ...bars,
    ...(median === null ? [] : medianMark(median, axis, base, fill)),
  ];
}

function medianMark(
  { median, low, high }: NonNullable<DistributionRow['median']>,
  axis: Axis,
  base: number,
  fill: string,
): string[] {
  const [x, from, to] = [median, low, high].map((value) => along(axis, value)) as [number, number, number];
  const nearEnd = x > axis.right - 60;
  return [
    element('rect', { x: from, y: base + 1, width: Math.max(2, to - from), height: 5, fill }),
    element('line', { x1: x, x2: x, y1: base - BARS - 14, y2: base + 6, stroke: fill, 'stroke-width': 2 }),
    text(nearEnd ? x - 5 : x + 5, base - BARS - 4, formatFigure(median), {
      ...{ fill, 'font-size': 11, 'text-anchor': nearEnd ? 'end' : 'start' },
    }),
  ];
}
