import type { Agent, AgentContext } from '@arena/agent';

/** Walks about at random, fights what it bumps into, searches now and then, and leaves every question. */
export function createAgent({ key, gamesAtOnce }: AgentContext): Agent {
  const moves = ['N', 'E', 'S', 'W', 'NE', 'SE', 'SW', 'NW'].map((name) => key('CompassDirection', name));
  const more = key('MORE');
  const escape = key('ESC');
  const search = key('SEARCH');
  const down = key('DOWN');
  // One state a slot. Seeded by the game's own seed, a game is the same whatever is played beside it.
  const states = new Uint32Array(gamesAtOnce);

  return {
    reset(slot, { seed }) {
      states[slot] = seed;
    },
    act({ slot, misc, step }) {
      const [inYesNo, inLineInput, atMore] = misc;
      if (atMore) return more;
      if (inYesNo || inLineInput) return escape;
      if (step % 16 === 0) return down;
      const number = random(states, slot);
      return number % 4 === 0 ? search : (moves[(number >>> 8) % moves.length] ?? search);
    },
  };
}

/** xorshift32; a state of 0 would stay 0. */
function random(states: Uint32Array, slot: number): number {
  let state = states[slot] || 1;
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  states[slot] = state;
  return state >>> 0;
}
