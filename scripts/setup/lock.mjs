// @ts-check
/** Locks of a checkout: one set-up at a time, since two would write the same files; one arena on the same data. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SetupError } from './report.mjs';
import { root } from './run.mjs';

/**
 * A name of a process that is never given twice: its id, its birth in ticks since the machine's start, and which start that
 * was. In a container that was started again the same ids come back, often for the very same programs.
 * @param {number} pid
 * @returns {string} empty if it does not run
 */
function identityOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return '';
    return `${pid} ${rest[18]} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return '';
  }
}

/** @param {string} path */
function read(path) {
  try {
    const [identity = '', ...note] = readFileSync(path, 'utf8').split('\n');
    return { identity, pid: Number(identity.split(' ')[0]), note: note.join('\n').trim() };
  } catch {
    return null; // Nobody holds it.
  }
}

/**
 * @param {string} path
 * @param {string} note for whoever finds it taken
 * @param {(holder: { pid: number, note: string }) => SetupError} refusal
 * @returns {{ unlock: () => void, leftBehind: boolean }} leftBehind: it was taken over from a process that is gone
 */
function lock(path, note, refusal) {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}`;
  let leftBehind = false;
  try {
    for (let attempt = 0; ; attempt++) {
      // Written aside and linked: nobody reads a lock that has no process in it yet.
      writeFileSync(own, `${identityOf(process.pid)}\n${note}\n`);
      if (link(own, path)) break;
      const holder = read(path);
      if (holder === null) continue;
      if (attempt > 3 || identityOf(holder.pid) === holder.identity) throw refusal(holder);
      leftBehind = true;
      takeAway(path, own, holder.identity);
    }
  } finally {
    rmSync(own, { force: true });
  }
  const unlock = () => {
    if (read(path)?.identity === identityOf(process.pid)) rmSync(path, { force: true });
  };
  process.once('exit', unlock);
  return { unlock, leftBehind };
}

/**
 * @param {string} from
 * @param {string} to
 * @returns {boolean} false if `to` is there already
 */
function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes the lock of a process that is gone. Two may find it at once: the slower one then has the faster one's new lock
 * in its hands, and puts it back.
 * @param {string} path
 * @param {string} aside
 * @param {string} identity
 */
function takeAway(path, aside, identity) {
  try {
    renameSync(path, aside);
  } catch {
    return; // The other one was faster.
  }
  if (read(aside)?.identity !== identity) link(aside, path);
}

/** @returns {() => void} gives the lock back */
export function lockSetup() {
  const refusal = (/** @type {{ pid: number }} */ { pid }) =>
    new SetupError(
      `Another set-up (process ${pid}) works in this checkout.`,
      "Wait for it, or remove .arena/setup.lock if it is no arena's.",
    );
  return lock(join(root, '.arena', 'setup.lock'), '', refusal).unlock;
}

/**
 * Held by `npm start` and `npm run dev` as long as they serve: two on the same data would share database, logs and agents.
 * @param {string} address where this one will be
 */
export function lockArena(address) {
  const data = resolve(root, process.env['ARENA_DATA'] ?? '.arena');
  const refusal = (/** @type {{ pid: number, note: string }} */ { pid, note }) =>
    new SetupError(
      `An arena already runs on the data in ${data} (process ${pid}, ${note}).`,
      'Use that one or stop it (Ctrl-C where it runs), or give this one data of its own: ARENA_DATA=FOLDER PORT=NUMBER npm start',
    );
  return lock(join(data, 'arena.lock'), address, refusal);
}
