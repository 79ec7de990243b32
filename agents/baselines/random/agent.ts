import type { Agent, AgentContext } from '@arena/agent';

/**
 * Presses each of the 121 actions with the same probability. A game's random numbers come from the game's own
 * seed, so that a game is the same whatever is played beside it.
 */
export function createAgent({ actions, gamesAtOnce }: AgentContext): Agent {
  const states = new Uint32Array(gamesAtOnce);
  return {
    reset(slot, { seed }) {
      states[slot] = seed;
    },
    act({ slot }) {
      // 32 bits times 121: the most likely action is more likely than the least by one in 35 million.
      const chosen = actions[Math.floor((next(states, slot) / 2 ** 32) * actions.length)];
      if (chosen === undefined) throw new Error('the platform named no actions');
      return chosen.key;
    },
  };
}

/** mulberry32: 32 bits of state a game, period 2^32. */
function next(states: Uint32Array, slot: number): number {
  const state = ((states[slot] ?? 0) + 0x6d2b79f5) >>> 0;
  states[slot] = state;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
