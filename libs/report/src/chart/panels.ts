import { element, INK, picture, seriesColour, text, tooltip } from './svg.ts';

/** One agent's bars, from the top down. */
export interface Panel {
  readonly label: string;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
}

export interface PanelChart {
  readonly title: string;
  /** How a value is written beside its bar. */
  readonly format: (value: number) => string;
  readonly panels: readonly Panel[];
  /** Room for the bars' labels. */
  readonly labelWidth: number;
}

const PANEL = 370;
const COLUMNS = 2;
const LINE = 18;
const HEAD = 26;
const FIGURE = 44;
/** Of 12 pixels, on average, for any of the faces a reader may have. */
const LETTER = 6.4;

/** Bars lying beside their labels, two panels a line. Each panel is scaled to its own longest bar. */
export function panelChart({ title, format, panels, labelWidth }: PanelChart): string {
  const content: string[] = [];
  let top = 44;
  for (let first = 0; first < panels.length; first += COLUMNS) {
    const line = panels.slice(first, first + COLUMNS);
    line.forEach((panel, i) => {
      content.push(...drawPanel(panel, 16 + PANEL * i, top, seriesColour(first + i), format, labelWidth));
    });
    top += HEAD + LINE * Math.max(...line.map(({ bars }) => bars.length)) + 14;
  }
  const words = panels.map(
    ({ label, bars }) =>
      `${label}: ${bars.map((bar) => `${bar.label} ${format(bar.value)}`).join(', ') || 'nothing'}`,
  );
  const width = 16 + PANEL * Math.min(COLUMNS, Math.max(1, panels.length));
  return picture({ width, height: top, title, description: `${words.join('; ')}.` }, content);
}

function drawPanel(
  { label, bars }: Panel,
  left: number,
  top: number,
  fill: string,
  format: PanelChart['format'],
  labelWidth: number,
): string[] {
  const most = Math.max(1e-9, ...bars.map(({ value }) => value));
  const room = PANEL - 24 - labelWidth - FIGURE;
  const letters = Math.floor(labelWidth / LETTER);
  return [
    text(left, top + 8, label, { fill, 'font-weight': 600 }),
    ...bars.flatMap((bar, i) => {
      const y = top + HEAD + LINE * i;
      const width = bar.value > 0 ? Math.max(1, (bar.value / most) * room) : 0;
      const name = bar.label.length > letters ? `${bar.label.slice(0, letters - 1)}…` : bar.label;
      const x = left + labelWidth;
      return [
        text(x - 6, y + 4, name, { 'text-anchor': 'end', 'font-size': 11 }),
        element(
          'rect',
          { x, y: y - 5, width, height: 11, rx: 2, fill, 'fill-opacity': 0.7 },
          tooltip(`${name}: ${format(bar.value)}`),
        ),
        text(x + width + 5, y + 4, format(bar.value), { fill: INK.muted, 'font-size': 11 }),
      ];
    }),
  ];
}
