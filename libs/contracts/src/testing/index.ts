import type { GameRow } from '../views.ts';

/** A finished game for tests. */
export const game = (index: number, over: Partial<GameRow> = {}): GameRow => ({
  id: `g${index}`,
  index,
  state: 'finished',
  verdict: 'ok',
  verdictReason: null,
  endReason: 'game_over',
  score: 10 * index,
  turns: 100,
  steps: 120,
  deepestLevel: 1,
  experienceLevel: 1,
  character: 'Val-Hum-Fem-Law',
  death: 'killed by a newt',
  ascended: false,
  startedAt: null,
  finishedAt: null,
  ...over,
});
