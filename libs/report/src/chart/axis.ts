import { formatWhole, type Scale } from '@arena/contracts';
import { element, INK, text } from './svg.ts';

/** Where a scale lies in a picture. */
export interface Axis {
  readonly scale: Scale;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The x of a value. */
export const along = ({ scale, left, right }: Axis, value: number): number =>
  left + scale.place(value) * (right - left);

/** Lines of the scale's marks, with their figures below, and what they count. */
export function axisLines(axis: Axis, unit: string): string[] {
  const { scale, top, bottom, right } = axis;
  const marks = scale.ticks.flatMap((tick) => {
    const x = along(axis, tick);
    return [
      element('line', { x1: x, x2: x, y1: top, y2: bottom, stroke: INK.line }),
      text(x, bottom + 15, formatWhole(tick), { 'text-anchor': 'middle', fill: INK.muted, 'font-size': 11 }),
    ];
  });
  return [
    ...marks,
    text(right, bottom + 31, unit, { 'text-anchor': 'end', fill: INK.muted, 'font-size': 11 }),
  ];
}
