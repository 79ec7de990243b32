import type { Agent, Observation } from '@arena/agent';
import { Player } from './player.ts';

/**
 * The entry: one player a slot, a fresh one for each game. The agent's draws come from the game's own seed, so the
 * same game is played the same way again.
 */
export function createAgent(): Agent {
  const players = new Map<number, Player>();
  return {
    reset(slot, info): void {
      players.set(slot, new Player(info.seed));
    },
    act(observation: Observation): number {
      let player = players.get(observation.slot);
      if (!player) players.set(observation.slot, (player = new Player(observation.slot)));
      return player.act(observation);
    },
    gameOver({ slot }): void {
      players.delete(slot);
    },
  };
}
