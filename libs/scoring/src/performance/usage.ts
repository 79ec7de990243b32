import { quantile, summarize } from '../quantile.ts';

/** What a report needs to know of how a game was played. */
export interface UsageFigures {
  readonly verdict: string;
  readonly steps: number;
  /** Milliseconds of the agent's own time in the game. */
  readonly agentTimeMs: number;
}

/** How values are spread; all null for none. */
export interface Spread {
  readonly median: number | null;
  readonly quartile1: number | null;
  readonly quartile3: number | null;
  readonly mean: number | null;
  readonly most: number | null;
}

/** What an agent needed for a set of games, and how they were judged. */
export interface Usage {
  /** Games by verdict, the commonest first. */
  readonly verdicts: readonly { readonly verdict: string; readonly games: number }[];
  /** Keys a game. */
  readonly steps: Spread;
  /** Milliseconds a step, of each game that had a step. */
  readonly msPerStep: Spread;
  readonly totalSteps: number;
  readonly totalAgentTimeMs: number;
}

/** Sums up games in any order: the same games give the same figures. */
export function usageOf(games: readonly UsageFigures[]): Usage {
  const verdicts = new Map<string, number>();
  for (const { verdict } of games) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  return {
    verdicts: [...verdicts]
      .map(([verdict, count]) => ({ verdict, games: count }))
      .sort((a, b) => b.games - a.games || a.verdict.localeCompare(b.verdict, 'en')),
    steps: spreadOf(games.map(({ steps }) => steps)),
    msPerStep: spreadOf(games.filter(({ steps }) => steps > 0).map((game) => game.agentTimeMs / game.steps)),
    totalSteps: games.reduce((sum, { steps }) => sum + steps, 0),
    totalAgentTimeMs: games.reduce((sum, { agentTimeMs }) => sum + agentTimeMs, 0),
  };
}

function spreadOf(values: readonly number[]): Spread {
  const { median, quartile1, quartile3, mean } = summarize(values);
  return {
    median,
    quartile1,
    quartile3,
    mean,
    most: quantile(Array.from(Float64Array.from(values).sort()), 1),
  };
}
