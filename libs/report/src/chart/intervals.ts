import { formatFigure, scoreScale } from '@arena/contracts';
import { along, axisLines, type Axis } from './axis.ts';
import { element, INK, picture, seriesColour, text, tooltip } from './svg.ts';

/** What all series have at one label, in their order; null where a series has nothing. */
export interface IntervalGroup {
  readonly label: string;
  readonly marks: readonly ({
    readonly median: number;
    readonly low: number;
    readonly high: number;
  } | null)[];
}

export interface IntervalChart {
  readonly title: string;
  readonly unit: string;
  /** Names of the series. */
  readonly series: readonly string[];
  readonly groups: readonly IntervalGroup[];
}

const WIDTH = 760;
const LEFT = 120;
const RIGHT = 24;
const TOP = 64;
const LINE = 11;
const GAP = 8;
const LEGEND = 110;

/** Medians as dots on the bars of their intervals, a block a label, on one scale through log(1 + x). */
export function intervalChart({ title, unit, series, groups }: IntervalChart): string {
  const all = groups.flatMap(({ marks }) => marks.flatMap((mark) => (mark === null ? [] : [mark.high])));
  const block = Math.max(1, series.length) * LINE + GAP;
  const bottom = TOP + block * groups.length;
  const axis: Axis = { scale: scoreScale(all), left: LEFT, right: WIDTH - RIGHT, top: TOP, bottom };
  const legend = series.flatMap((name, i) => [
    element('circle', { cx: LEFT + i * LEGEND, cy: 42, r: 4, fill: seriesColour(i) }),
    text(LEFT + 9 + i * LEGEND, 46, name, { fill: seriesColour(i), 'font-weight': 600 }),
  ]);
  const content = groups.flatMap(({ label, marks }, at) => {
    const top = TOP + block * at;
    return [
      text(16, top + block / 2, label, { 'dominant-baseline': 'middle' }),
      element('line', { x1: LEFT, x2: axis.right, y1: top, y2: top, stroke: INK.line }),
      ...marks.flatMap((mark, i) => {
        if (mark === null) return [];
        const y = top + GAP / 2 + LINE * (i + 0.5);
        const [x, from, to] = [mark.median, mark.low, mark.high].map((value) => along(axis, value)) as [
          number,
          number,
          number,
        ];
        const words = `${label}, ${series[i] ?? ''}: ${formatFigure(mark.median)} (${formatFigure(mark.low)} to ${formatFigure(mark.high)})`;
        const fill = seriesColour(i);
        const bar = { x: from, y: y - 2, width: Math.max(2, to - from), height: 4, rx: 2 };
        return [
          element('rect', { ...bar, fill, 'fill-opacity': 0.4 }),
          element('circle', { cx: x, cy: y, r: 4, fill }, tooltip(words)),
        ];
      }),
    ];
  });
  const description = `${unit}: medians with their intervals for ${groups.map(({ label }) => label).join(', ')}.`;
  return picture({ width: WIDTH, height: bottom + 42, title, description }, [
    ...axisLines(axis, unit),
    ...legend,
    ...content,
  ]);
}
