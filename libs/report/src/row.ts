import { isFault, type AgentKind, type BoardRow, type GameRow } from '@arena/contracts';

/** Who plays, as a board shows it. */
export interface Entrant {
  readonly name: string;
  readonly version: string;
  readonly kind: AgentKind;
  readonly authors: readonly string[];
}

/** Figures over scores, as libs/scoring's `summarize` gives them. */
export interface Figures {
  readonly median: number | null;
  readonly quartile1: number | null;
  readonly quartile3: number | null;
  readonly mean: number | null;
}

/** The row that a board would have of these games. What the platform failed at counts for nothing. */
export function boardRowOf(
  entrant: Entrant,
  games: readonly GameRow[],
  total: number,
  figuresOf: (scores: readonly number[]) => Figures,
): BoardRow {
  const finished = games.filter(({ state, verdict }) => state === 'finished' && verdict !== 'sandbox_error');
  const depths = finished.flatMap(({ deepestLevel }) => (deepestLevel === null ? [] : [deepestLevel]));
  const figures = figuresOf(finished.flatMap(({ score }) => (score === null ? [] : [score])));
  return {
    rank: null,
    submissionId: '',
    agentName: entrant.name,
    agentVersion: entrant.version,
    kind: entrant.kind,
    authors: [...entrant.authors],
    submittedAt: '',
    state: finished.length < total ? 'running' : 'finished',
    gamesDone: finished.length,
    gamesTotal: total,
    ascensions: finished.filter(({ ascended }) => ascended).length,
    ...figures,
    bestDepth: depths.length === 0 ? null : Math.max(...depths),
    faults: finished.filter(isFault).length,
  };
}
