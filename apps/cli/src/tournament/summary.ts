/** A report in a terminal of 80 columns. */
import { formatFigure, formatWhole, NONE } from '@arena/contracts';
import { cell, figure } from '@arena/report';
import type { BoundResult } from './bounds.ts';
import type { AgentReport, TournamentReport } from './report.ts';

const COLUMNS: readonly [
  title: string,
  width: number,
  align: 'left' | 'right',
  value: (agent: AgentReport) => string,
][] = [
  ['agent', 16, 'left', ({ name }) => name],
  ['games', 6, 'right', ({ games }) => formatWhole(games.length)],
  ['median', 8, 'right', ({ performance }) => formatFigure(performance.score.median)],
  [
    '95 %',
    15,
    'right',
    ({ performance: { interval } }) =>
      interval === null ? NONE : `${formatFigure(interval.low)}–${formatFigure(interval.high)}`,
  ],
  ['mean', 8, 'right', ({ performance }) => formatFigure(performance.score.mean)],
  ['depth', 5, 'right', ({ performance }) => performance.meanDepth.toFixed(1)],
  [
    'ms/step',
    8,
    'right',
    ({ usage }) => (usage.msPerStep.median === null ? NONE : figure(usage.msPerStep.median)),
  ],
];

export function summaryText({ agents }: TournamentReport): string {
  const line = (textOf: (column: (typeof COLUMNS)[number]) => string): string =>
    COLUMNS.map((column) => cell(textOf(column), column[1], column[2]))
      .join(' ')
      .trimEnd();
  return [line(([title]) => title), ...agents.map((agent) => line(([, , , value]) => value(agent)))].join(
    '\n',
  );
}

/** A line a promise. */
export const boundsText = (bounds: readonly BoundResult[]): string =>
  bounds.map(({ promise, found, kept }) => `${kept ? '✓' : '✗'} ${promise}\n    ${found}`).join('\n');
