/** The board as a table for a terminal of 80 columns. */
import type { BoardRow } from '@arena/contracts';

const COLUMNS: readonly [title: string, width: number, value: (row: BoardRow) => string][] = [
  ['#', 3, (row) => String(row.rank ?? '–')],
  ['agent', 22, (row) => `${row.agentName} ${row.agentVersion}`],
  ['kind', 9, (row) => row.kind],
  ['games', 9, (row) => `${row.gamesDone}/${row.gamesTotal}`],
  ['asc.', 5, (row) => String(row.ascensions)],
  ['median', 8, (row) => figure(row.median)],
  ['mean', 8, (row) => figure(row.mean)],
  ['depth', 5, (row) => figure(row.bestDepth)],
];

const figure = (value: number | null): string =>
  value === null ? '–' : value.toLocaleString('en', { maximumFractionDigits: 1 });

/** Cut to its width; what a stranger named an agent must not move the cursor. */
const cell = (text: string, width: number): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, width);

/** One line a row under a title line, without colours. */
export function boardTable(rows: readonly BoardRow[]): string {
  const line = (texts: readonly string[]): string =>
    COLUMNS.map(([title, width], i) => {
      const text = cell(texts[i] ?? '', width);
      return title === 'agent' || title === 'kind' ? text.padEnd(width) : text.padStart(width);
    })
      .join(' ')
      .trimEnd();
  return [
    line(COLUMNS.map(([title]) => title)),
    ...rows.map((row) => line(COLUMNS.map(([, , value]) => value(row)))),
  ].join('\n');
}
