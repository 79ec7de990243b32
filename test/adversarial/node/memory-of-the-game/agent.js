import { openSync, readdirSync } from 'node:fs';

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

/** The game is in another process: here is none but this one and bubblewrap's first, which has the agent's rights and no others. */
async function attempt() {
  const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  if (found.some((pid) => pid !== '1' && Number(pid) !== process.pid)) process.exit(99);
  for (const path of ['/proc/kcore', '/dev/mem', '/dev/kmem']) {
    try {
      openSync(path, 'r');
    } catch (error) {
      denied(error.code);
      continue;
    }
    process.exit(99);
  }
}
