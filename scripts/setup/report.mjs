// @ts-check
/** Progress lines on standard error (standard output belongs to results) and the one error type of the set-up. */

const started = Date.now();
const interactive = process.stderr.isTTY && !process.env['CI'];

/** An error with a remedy: printed as one line, without a stack. */
export class SetupError extends Error {
  /**
   * @param {string} what what happened
   * @param {string} remedy what to do next
   * @param {ErrorOptions} [options]
   */
  constructor(what, remedy, options) {
    super(`${what} ${remedy}`, options);
    this.name = 'SetupError';
  }
}

/** @param {number} ms */
const seconds = (ms) => (ms < 100 ? '' : ` (${(ms / 1000).toFixed(1)} s)`);

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs one long step with a line at its start and its end; on a terminal the line counts the seconds.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const begin = Date.now();
  const timer = interactive
    ? setInterval(
        () => process.stderr.write(`\r· ${name} … ${Math.round((Date.now() - begin) / 1000)} s `),
        1000,
      )
    : undefined;
  if (interactive) process.stderr.write(`· ${name} …`);
  else say(`· ${name} …`);
  try {
    const result = await work();
    const line = `✓ ${name}${seconds(Date.now() - begin)}`;
    if (interactive) process.stderr.write(`\r\x1b[K${line}\n`);
    else say(line);
    return result;
  } catch (error) {
    if (interactive) process.stderr.write('\r\x1b[K');
    say(`✗ ${name}${seconds(Date.now() - begin)}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Whole seconds since this command began. */
export const elapsed = () => ((Date.now() - started) / 1000).toFixed(1);
