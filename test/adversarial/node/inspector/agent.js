import inspector from 'node:inspector';
import { readdirSync, readFileSync } from 'node:fs';

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

/** A debugger of its own that others could reach, and one in any other process of Node that it finds. */
async function attempt() {
  try {
    inspector.open(9229, '0.0.0.0', false);
  } catch (error) {
    denied(error);
  }
  if (inspector.url() !== undefined) process.exit(99);
  for (const pid of readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && Number(name) !== process.pid,
  )) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')[0].endsWith('node')) process.exit(99);
      process.kill(Number(pid), 'SIGUSR1');
    } catch (error) {
      // Of the first process, bubblewrap's, nothing can be read.
      denied(error);
    }
  }
  denied('inspector');
}
