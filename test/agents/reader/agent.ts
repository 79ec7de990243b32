import type { Agent, AgentContext } from '@arena/agent';

const MORE = 13;
const ESC = 27;
const MOVES = [107, 108, 106, 104];

/** Plays by words alone, and ends with an error where they are other than the figures. */
export function createAgent({ fields }: AgentContext): Agent {
  if (fields.find(({ name }) => name === 'text_status')?.bytes !== 512) throw new Error('no text_status');
  return {
    act({ text_message: message, text_status: status, text_inventory: inventory, ...rest }) {
      const { text_surroundings: around, blstats, misc, step, newGame } = rest;
      if (!status.startsWith(`HP ${blstats[10] ?? 0}(${blstats[11] ?? 0}), `)) throw new Error(status);
      if (!status.includes(`turn ${blstats[20] ?? 0},`)) throw new Error(status);
      if (!/^You: .*\nBeside you: north .*; northwest /.test(around)) throw new Error(around);
      if (newGame && !/^[a-zA-Z$] - .+/.test(inventory)) throw new Error(inventory);
      if (message.endsWith('--More--') !== (misc[2] !== 0)) throw new Error(message);
      if (misc[2] !== 0) return MORE;
      return /^(Question|Type a line|Menu|Text):/.test(message) ? ESC : (MOVES[step % 4] ?? ESC);
    },
  };
}
