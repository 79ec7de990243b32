import { isFault, VERDICT_LABELS, type GameRow } from '@arena/contracts';
import type { GameResult } from '@arena/evaluation';
import { printable } from '@arena/report';

/** Lines of an agent's output that are shown with a fault. */
const LINES = 40;
/** Several games mostly fail the same way. */
const MOST_SHOWN = 3;

/** The end of what an agent printed, a stack trace mostly; each line indented. */
export function lastLines(log: string, most = LINES): string {
  const lines = log.trimEnd().split('\n');
  const shown = lines.slice(-most).map((line) => `    ${printable(line.replaceAll('\t', '    ').trimEnd())}`);
  const before = lines.length - shown.length;
  return [...(before > 0 ? [`    … ${before} lines before`] : []), ...shown].join('\n');
}

/** Why an agent was refused before its first game, and the last it printed. */
export function refusalText(reason: string, log: string | null): string {
  const said = log === null || log.trim() === '' ? '' : `\n  The last it printed:\n${lastLines(log)}`;
  return `${printable(reason)}${said}`;
}

/** Of games that did not go well: what happened and what the agent printed, each kind of failure once. */
export function faultsReport(rows: readonly GameRow[], results: readonly Pick<GameResult, 'log'>[]): string {
  const kinds = new Map<string, { row: GameRow; log: string | null; games: number }>();
  rows.forEach((row, i) => {
    if (row.verdict === null || row.verdict === 'ok') return;
    const log = results[i]?.log ?? null;
    const key = `${row.verdict} ${row.verdictReason ?? ''} ${log ?? ''}`;
    const kind = kinds.get(key) ?? { row, log, games: 0 };
    kind.games += 1;
    kinds.set(key, kind);
  });
  const shown = [...kinds.values()].slice(0, MOST_SHOWN).map(({ row, log, games }) => {
    const more = games > 1 ? `, and ${games - 1} more alike` : '';
    const label = row.verdict === null ? '' : VERDICT_LABELS[row.verdict];
    const head = `game ${row.index + 1}${more}: ${label}: ${printable(row.verdictReason ?? '')}`;
    if (log === null || log.trim() === '') return isFault(row) ? `${head}\n  It printed nothing.` : head;
    return `${head}\n  The last it printed:\n${lastLines(log)}`;
  });
  const others = kinds.size - shown.length;
  return [...shown, ...(others > 0 ? [`${others} other kinds of failure; see --json`] : [])].join('\n\n');
}
