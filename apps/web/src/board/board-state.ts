/** What a board shows and how events change it: pure functions, ordered by the board's version. */
import type { AgentKind, BoardRow, BoardView, EvaluationView } from '@arena/contracts';

/** Takes an answer of the API unless events have already brought a newer board. */
export function mergeAnswer(current: BoardView, answer: BoardView): BoardView {
  const older = answer.competition.slug === current.competition.slug && answer.version < current.version;
  return older ? { ...answer, version: current.version, rows: current.rows } : answer;
}

/** Takes a `board:changed` event; those of other boards and those not newer change nothing. */
export function applyChange(
  board: BoardView,
  event: { competition: string; version: number; rows: BoardRow[] },
): BoardView {
  if (event.competition !== board.competition.slug || event.version <= board.version) return board;
  return { ...board, version: event.version, rows: event.rows };
}

/** Takes an `evaluation:progress` event: its row's state, and games done if there are more. Ranks come by board:changed. */
export function applyProgress(
  board: BoardView,
  event: { submissionId: string; competition: string; evaluation: EvaluationView },
): BoardView {
  if (event.competition !== board.competition.slug) return board;
  const { state, gamesDone, gamesTotal } = event.evaluation;
  const at = board.rows.findIndex((row) => row.submissionId === event.submissionId);
  const row = board.rows[at];
  // Progress has no version: an event that was overtaken by a board with more games is dropped.
  if (row === undefined || gamesDone < row.gamesDone) return board;
  if (gamesDone === row.gamesDone && state === row.state) return board;
  return { ...board, rows: board.rows.with(at, { ...row, state, gamesDone, gamesTotal }) };
}

/** The rows of one kind, or all; those without games at the end, otherwise in the server's order. */
export function visibleRows(rows: readonly BoardRow[], kind: AgentKind | 'all'): BoardRow[] {
  const ofKind = kind === 'all' ? rows : rows.filter((row) => row.kind === kind);
  return [...ofKind.filter((row) => row.gamesDone > 0), ...ofKind.filter((row) => row.gamesDone === 0)];
}

/** How many rows there are of each kind. */
export function countKinds(rows: readonly BoardRow[]): Record<AgentKind | 'all', number> {
  const counts = { all: rows.length, neural: 0, symbolic: 0, hybrid: 0 };
  for (const row of rows) counts[row.kind] += 1;
  return counts;
}

/** What a visitor can see of a row changes exactly when this text does. */
export function rowSignature(row: BoardRow): string {
  return [
    row.rank,
    row.state,
    row.gamesDone,
    row.ascensions,
    row.median,
    row.mean,
    row.bestDepth,
    row.faults,
  ].join('|');
}
