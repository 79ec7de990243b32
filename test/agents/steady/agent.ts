import type { Agent, AgentContext } from '@arena/agent';

/** Its keys depend on what it sees and on the game's seed, so that a game that differs anywhere differs in its tape. */
export function createAgent({ actions, gamesAtOnce }: AgentContext): Agent {
  const seeds = new Uint32Array(gamesAtOnce);
  return {
    reset(slot, { seed }) {
      seeds[slot] = seed;
    },
    act({ slot, step, glyphs, blstats, message }) {
      let mixed = (seeds[slot] ?? 0) ^ Math.imul(step + 1, 0x9e3779b1);
      for (const glyph of glyphs) mixed = Math.imul(mixed ^ glyph, 0x01000193);
      for (const figure of blstats) mixed = Math.imul(mixed ^ figure, 0x01000193);
      for (const letter of message) mixed = Math.imul(mixed ^ letter, 0x01000193);
      // Moves, mostly: the first eight actions.
      return actions[(mixed >>> 8) % (step % 4 === 0 ? 40 : 8)]?.key ?? 115;
    },
  };
}
