import type { Frame } from '@arena/contracts';

const whole = new Intl.NumberFormat('en-US');

interface Props {
  frame: Frame | null;
  /** Steps of the whole game, if known. */
  total: number | null;
  /** The step that was asked for, while the figures are still those of another. */
  goingTo?: number | null;
  extra?: [name: string, value: string] | null;
}

/** The figures of the moment under the terminal. */
export function Readout({ frame, total, goingTo = null, extra = null }: Props) {
  const figures: [string, string][] = [
    [
      'Step',
      frame === null
        ? '–'
        : `${whole.format(frame.step)}${goingTo === null ? '' : ` → ${whole.format(goingTo)}`}${total === null ? '' : ` / ${whole.format(total)}`}`,
    ],
    ['Score', frame === null ? '–' : whole.format(frame.score)],
    ['Turn', frame === null ? '–' : whole.format(frame.turns)],
    ['Depth', frame === null ? '–' : whole.format(frame.depth)],
  ];
  if (extra !== null) figures.push(extra);
  return (
    <dl className="readout">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-testid={`readout-${name.toLowerCase()}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
