import { roundUp } from '@arena/contracts';
import { element, INK, picture, seriesColour, text } from './svg.ts';

/** A series' points in the order of x. */
export interface Curve {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface CurveChart {
  readonly title: string;
  /** What x counts. */
  readonly unit: string;
  /** Side by side, each with its own scale from 0; the same labels have the same colours. */
  readonly panels: readonly {
    readonly label: string;
    readonly format: (value: number) => string;
    readonly curves: readonly Curve[];
  }[];
}

const PANEL = 300;
const GAP = 70;
const LEFT = 56;
const TOP = 74;
const BOTTOM = 280;
const LEGEND = 110;
const SMALL = { fill: INK.muted, 'font-size': 11 };

/** Some four to ten values from 0 on, apart by 1, 2 or 5 times a power of ten. */
function ticks(most: number): number[] {
  const thousand = 1000 * most;
  const step = roundUp(thousand / 10) / 1000;
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) =>
    Number((i * step).toPrecision(6)),
  );
}

/** Lines over one x, in panels side by side. Points that are no finite numbers are left out. */
export function curveChart({ title, unit, panels }: CurveChart): string {
  const labels = [...new Set(panels.flatMap(({ curves }) => curves.map(({ label }) => label)))];
  const legend = labels.flatMap((label, i) => [
    element('circle', { cx: LEFT + i * LEGEND, cy: 46, r: 4, fill: seriesColour(i) }),
    text(LEFT + 9 + i * LEGEND, 50, label, { fill: seriesColour(i), 'font-weight': 600 }),
  ]);
  const content = panels.flatMap(({ label, format, curves }, at) => {
    const known = curves.map((curve) => ({
      ...curve,
      points: curve.points.filter((point) => point.every((value) => Number.isFinite(value))),
    }));
    const all = known.flatMap(({ points }) => points);
    const [mostX, mostY] = [0, 1].map((i) => Math.max(1e-3, ...all.map((point) => point[i] ?? 0))) as [
      number,
      number,
    ];
    const left = LEFT + at * (PANEL + GAP);
    const x = (value: number): number => left + (value / mostX) * PANEL;
    const y = (value: number): number => BOTTOM - (value / mostY) * (BOTTOM - TOP);
    return [
      text(left, TOP - 8, label, { 'font-weight': 600, 'font-size': 11 }),
      ...ticks(mostY).flatMap((value) => [
        element('line', { x1: left, x2: left + PANEL, y1: y(value), y2: y(value), stroke: INK.line }),
        text(left - 6, y(value) + 4, format(value), { ...SMALL, 'text-anchor': 'end' }),
      ]),
      ...ticks(mostX).map((value) =>
        text(x(value), BOTTOM + 15, String(value), { ...SMALL, 'text-anchor': 'middle' }),
      ),
      text(left + PANEL, BOTTOM + 31, unit, { ...SMALL, 'text-anchor': 'end' }),
      ...known.map((curve) =>
        element('polyline', {
          ...{ fill: 'none', stroke: seriesColour(labels.indexOf(curve.label)), 'stroke-width': 1.6 },
          points: curve.points.map(([px, py]) => `${x(px).toFixed(1)},${y(py).toFixed(1)}`).join(' '),
        }),
      ),
    ];
  });
  const words = panels.map(
    ({ label, format, curves }) =>
      `${label}: ${curves.map((curve) => `${curve.label} ends at ${format(curve.points.at(-1)?.[1] ?? Number.NaN)}`).join(', ')}`,
  );
  const width = LEFT + panels.length * (PANEL + GAP) - GAP + 24;
  return picture({ width, height: BOTTOM + 44, title, description: `${words.join('; ')}.` }, [
    ...legend,
    ...content,
  ]);
}
