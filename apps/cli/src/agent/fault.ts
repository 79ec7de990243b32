import { ENDED_BEFORE, isFault, plural, VERDICT_LABELS, type GameRow } from '@arena/contracts';
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
  return [...(before > 0 ? [`    … ${plural(before, 'line')} before`] : []), ...shown].join('\n');
}

/** Why an agent was refused before its first game, and the last it printed. */
export function refusalText(reason: string, log: string | null): string {
  const said = log === null || log.trim() === '' ? '' : `\n  The last it printed:\n${lastLines(log)}`;
  return `${printable(reason)}${said}`;
}

/** The verdict and its sentence, which some say in the same words. */
function whatHappened(verdict: string, reason: string): string {
  if (reason === '') return verdict;
  return reason.toLowerCase().includes(verdict.toLowerCase()) ? reason : `${verdict}: ${reason}`;
}

/**
 * Of games that did not go well, or before which a process ended: what happened and what the agent printed, each kind of
 * failure once, and each output.
 */
export function faultsReport(rows: readonly GameRow[], results: readonly Pick<GameResult, 'log'>[]): string {
  const kinds = new Map<string, { row: GameRow; log: string | null; games: number }>();
  rows.forEach((row, i) => {
    const log = results[i]?.log ?? null;
    const restarted = log?.startsWith(ENDED_BEFORE) ?? false;
    if (row.verdict === null || (row.verdict === 'ok' && !restarted)) return;
    const key = `${row.verdict} ${row.verdictReason ?? ''} ${log ?? ''}`;
    const kind = kinds.get(key) ?? { row, log, games: 0 };
    kind.games += 1;
    kinds.set(key, kind);
  });
  const told = new Map<string, number>();
  const shown = [...kinds.values()].slice(0, MOST_SHOWN).map(({ row, log, games }) => {
    const more = games > 1 ? `, and ${games - 1} more alike` : '';
    const label = row.verdict === null ? '' : VERDICT_LABELS[row.verdict];
    const head = `game ${row.index + 1}${more}: ${whatHappened(label, printable(row.verdictReason ?? ''))}`;
    if (log === null || log.trim() === '') return isFault(row) ? `${head}\n  It printed nothing.` : head;
    const before = told.get(log);
    if (before !== undefined) return `${head}\n  The last it printed is what game ${before + 1} shows.`;
    told.set(log, row.index);
    return `${head}\n  The last it printed:\n${lastLines(log)}`;
  });
  const others = kinds.size - shown.length;
  return [...shown, ...(others > 0 ? [`${plural(others, 'other kind')} of failure; see --json`] : [])].join(
    '\n\n',
  );
}
