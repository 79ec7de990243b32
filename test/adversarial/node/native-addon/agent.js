import { createRequire } from 'node:module';

const SEARCH = 115;
let answers = 0;

export const createAgent = () => ({
  async act() {
    answers += 1;
    if (answers === 11) await attempt();
    return SEARCH;
  },
});

const denied = (what) => console.error('denied:', String(what));

async function attempt() {
  createRequire(import.meta.url)('./addon.node');
  process.exit(99);
}
