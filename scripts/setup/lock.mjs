// @ts-check
/** One set-up at a time in a checkout: two would write the same files. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError } from './report.mjs';
import { root } from './run.mjs';

const path = join(root, '.arena', 'setup.lock');

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @returns {() => void} gives the lock back; a lock whose process is gone is taken over */
export function lockSetup() {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      const holder = Number(existsSync(path) ? readFileSync(path, 'utf8') : 0);
      if (attempt > 3 || (holder > 0 && isAlive(holder))) {
        throw new SetupError(
          `Another set-up (process ${holder}) works in this checkout.`,
          `Wait for it, or remove .arena/setup.lock if it is no arena's.`,
        );
      }
      rmSync(path, { force: true });
    }
  }
  const unlock = () => rmSync(path, { force: true });
  process.once('exit', unlock);
  return unlock;
}
