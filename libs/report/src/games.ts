/** What a submission's page shows of its games, for a terminal of 80 columns. */
import {
  causesOf,
  formatWhole,
  isFault,
  NONE,
  outcome,
  plural,
  topCauses,
  VERDICT_LABELS,
} from '@arena/contracts';
import type { GameRow, Verdict } from '@arena/contracts';
import { cell } from './width.ts';

const OUTCOME_WIDTH = 24;
const COLUMNS: readonly [
  title: string,
  width: number,
  align: 'left' | 'right',
  value: (game: GameRow) => string,
][] = [
  ['game', 5, 'right', ({ index }) => formatWhole(index + 1)],
  ['character', 15, 'left', ({ character }) => character ?? NONE],
  ['score', 9, 'right', ({ score }) => formatWhole(score)],
  ['turns', 7, 'right', ({ turns }) => formatWhole(turns)],
  ['steps', 9, 'right', ({ steps }) => formatWhole(steps)],
  ['depth', 5, 'right', ({ deepestLevel }) => formatWhole(deepestLevel)],
  ['end', OUTCOME_WIDTH, 'left', outcome],
];

/** One line a game under a title line. */
export function gamesTable(games: readonly GameRow[]): string {
  const line = (textOf: (column: (typeof COLUMNS)[number]) => string): string =>
    COLUMNS.map((column) => cell(textOf(column), column[1], column[2]))
      .join(' ')
      .trimEnd();
  return [line(([title]) => title), ...games.map((game) => line(([, , , value]) => value(game)))].join('\n');
}

const CAUSES_SHOWN = 8;
const CAUSE_WIDTH = 44;
const BAR_WIDTH = 24;

/** The most frequent ends of games as bars, as on the submission's page. */
export function causesText(games: readonly GameRow[]): string {
  const { top, others } = topCauses(causesOf(games), CAUSES_SHOWN);
  const most = top[0]?.count ?? 1;
  const lines = top.map(({ label, count }) => {
    const drawn = '█'.repeat(Math.max(1, Math.round((count / most) * BAR_WIDTH)));
    return `${cell(label, CAUSE_WIDTH, 'left')} ${cell(formatWhole(count), 6, 'right')}  ${drawn}`;
  });
  if (others.kinds > 0)
    lines.push(`and ${formatWhole(others.count)} more by ${plural(others.kinds, 'other cause')}`);
  return lines.join('\n');
}

/** Games by verdict, e.g. `ok 7, crashed 1 (Agent crashed)`. */
export function faultsText(games: readonly GameRow[]): string {
  const counts = new Map<Verdict, number>();
  for (const { verdict } of games) if (verdict !== null) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const faults = games.filter(isFault).length;
  const parts = [...counts].map(([verdict, count]) =>
    verdict === 'ok'
      ? `ok ${formatWhole(count)}`
      : `${verdict} ${formatWhole(count)} (${VERDICT_LABELS[verdict]})`,
  );
  return `verdicts: ${parts.join(', ') || 'none yet'}${faults > 0 ? `; ${plural(faults, 'game')} lost to faults of the agent` : ''}`;
}
