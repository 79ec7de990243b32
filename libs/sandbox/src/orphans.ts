import { readFileSync, readdirSync } from 'node:fs';
import { BWRAP, INNER_SCRIPT } from './bubblewrap.ts';
import { stateOf } from './processes.ts';

/** A sandbox comes up within a second even on a busy machine. */
const COMES_UP_MS = 10_000;
const TICK_MS = 10;

/**
 * Ends what is left of sandboxes whose host died within the millisecond in which bwrap had forked but not yet released
 * its child: the child waits for ever. It runs nothing of an agent's and holds 300 kB. Recognised by its parent
 * (the machine's first process), its command line, having no children, and its age. Returns how many there were.
 */
export function sweepOrphans(olderThanMs = COMES_UP_MS): number {
  const upMs = Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]) * 1000;
  const orphans = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const state = stateOf(pid);
      if (state === null || state.zombie || state.parent !== 1) return false;
      return upMs - state.startTime * TICK_MS >= olderThanMs && isChildlessBwrap(pid);
    });
  for (const pid of orphans) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Another user's, or gone in the meantime.
    }
  }
  return orphans.length;
}

function isChildlessBwrap(pid: number): boolean {
  try {
    const [program, , , , , script] = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
    return (
      program === BWRAP &&
      script === INNER_SCRIPT &&
      readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1') === ''
    );
  } catch {
    return false;
  }
}
