import type { GameView } from '@arena/contracts';

/** `count` games taken in turns from each agent, so that one agent's many games do not hide the others'. */
export function spread(games: readonly GameView[], count: number): GameView[] {
  const agents = new Map<string, GameView[]>();
  for (const game of games) {
    agents.set(game.submissionId, [...(agents.get(game.submissionId) ?? []), game]);
  }
  const chosen: GameView[] = [];
  for (let turn = 0; chosen.length < Math.min(count, games.length); turn++) {
    for (const own of agents.values()) {
      const game = own[turn];
      if (game !== undefined && chosen.length < count) chosen.push(game);
    }
  }
  return chosen;
}
