import { readFileSync, readdirSync } from 'node:fs';
import { BWRAP, INNER_SCRIPT } from './bubblewrap.ts';
import { stateOf } from './processes.ts';

/** A sandbox comes up within a second even on a busy machine. */
const COMES_UP_MS = 10_000;
const TICK_MS = 10;

/**
 * Ends what is left of an ordinary user's sandboxes whose host died within the millisecond in which bwrap's inner process had been
 * forked but was not yet tied to its parent's life: it waits for ever. No agent has run in it, so that it is told by what it says of itself: its
 * command line, its parent (the machine's first process, where an inner one's is always the outer bwrap), being the first of a
 * pid namespace, and its age. All others are found by {@link Claims} and control groups. Returns how many there were.
 */
export function sweepWaiting(olderThanMs = COMES_UP_MS): number {
  // Root gives each sandbox a uid, by which all of it is found.
  if (process.getuid?.() === 0) return 0;
  const upMs = Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]) * 1000;
  const orphans = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const state = stateOf(pid);
      if (state === null || state.zombie || state.parent !== 1) return false;
      return upMs - state.startTime * TICK_MS >= olderThanMs && isInnerBwrap(pid);
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

function isInnerBwrap(pid: number): boolean {
  try {
    const [program, , , , , script] = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
    // Its number here, and the one inside. An outer bwrap, which a host that is the first process may have, has one.
    const numbers = /^NSpid:\s+(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return program === BWRAP && script === INNER_SCRIPT && numbers?.split('\t').at(-1) === '1';
  } catch {
    return false;
  }
}
