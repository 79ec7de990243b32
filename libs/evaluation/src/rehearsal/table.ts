import { formatFigure, formatWhole, plural } from '@arena/contracts';
import type { MedianInterval, Performance } from '@arena/scoring';

/** Most causes that a table shows; the rest is summed up. */
const CAUSES = 25;
const BAR = 30;

const one = (value: number): string => value.toFixed(1);
const range = ({ low, high }: MedianInterval): string => `${formatFigure(low)}–${formatFigure(high)}`;

/** A performance as text of at most 80 columns. */
export function performanceTable(performance: Performance): string {
  const { score, interval, roles, causes, depths } = performance;
  const lines = [
    `${plural(score.count, 'game')}: median ${formatFigure(score.median)}${interval ? ` (95 %: ${range(interval)})` : ''}, mean ${formatFigure(score.mean)}`,
    `depth ${performance.meanDepth.toFixed(2)}, experience level ${one(performance.meanExperienceLevel)}, ${formatWhole(performance.meanTurns)} turns; ` +
      `no progress ${one(100 * performance.noProgress)} %, ${plural(performance.ascensions, 'ascension')}`,
    '',
    'role  games    median   95 % interval      depth',
    ...roles.map(
      (role) =>
        `${role.role.padEnd(4)}${String(role.games).padStart(7)}${formatFigure(role.median).padStart(10)}   ${range(role).padEnd(18)}${one(role.meanDepth).padStart(6)}`,
    ),
    '',
    'deepest level',
  ];
  const most = Math.max(1, ...depths);
  depths.forEach((games, i) => {
    if (games > 0)
      lines.push(
        `${String(i + 1).padStart(4)} ${String(games).padStart(6)}  ${'█'.repeat(Math.ceil((games / most) * BAR))}`,
      );
  });
  lines.push('', 'cause of death                           games  median score   depth');
  for (const { cause, games, medianScore, meanDepth } of causes.slice(0, CAUSES))
    lines.push(
      `${cause.slice(0, 38).padEnd(40)}${String(games).padStart(6)}${formatFigure(medianScore).padStart(14)}${one(meanDepth).padStart(8)}`,
    );
  const rest = causes.slice(CAUSES).reduce((sum, { games }) => sum + games, 0);
  if (rest > 0)
    lines.push(`${plural(causes.length - CAUSES, 'more cause').padEnd(40)}${String(rest).padStart(6)}`);
  return lines.join('\n');
}
