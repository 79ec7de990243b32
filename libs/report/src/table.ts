/** The board as a table for a terminal of 80 columns. */
import { formatFigure, formatWhole, NONE, type BoardRow } from '@arena/contracts';
import { cell } from './width.ts';

interface Column {
  title: string;
  width: number;
  align: 'left' | 'right';
  value: (row: BoardRow) => string;
}

const column = (
  title: string,
  width: number,
  value: (row: BoardRow) => string,
  align: Column['align'] = 'right',
): Column => ({ title, width, align, value });

const COLUMNS: readonly Column[] = [
  column('#', 3, (row) => String(row.rank ?? NONE)),
  column('agent', 22, (row) => `${row.agentName} ${row.agentVersion}`, 'left'),
  column('kind', 9, (row) => row.kind, 'left'),
  column('games', 9, (row) => `${row.gamesDone}/${row.gamesTotal}`),
  column('asc.', 5, (row) => formatWhole(row.ascensions)),
  column('median', 8, (row) => formatFigure(row.median)),
  column('mean', 8, (row) => formatFigure(row.mean)),
  column('depth', 5, (row) => formatWhole(row.bestDepth)),
];

/** One line a row under a title line, without colours. What strangers named their agents cannot move a column. */
export function boardTable(rows: readonly BoardRow[]): string {
  const line = (textOf: (column: Column) => string): string =>
    COLUMNS.map((of) => cell(textOf(of), of.width, of.align))
      .join(' ')
      .trimEnd();
  return [line(({ title }) => title), ...rows.map((row) => line(({ value }) => value(row)))].join('\n');
}
