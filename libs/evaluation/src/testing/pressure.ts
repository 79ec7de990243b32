/** One look at the clocks is due each 10 ms. */
const AWAY_MS = 150;
const HERE_MS = 5;

/**
 * Does `work` while this thread, the one with the clocks, mostly does not run, as on a machine whose processors others
 * have. Agents and game threads run on.
 */
export async function underPressure<T>(work: () => Promise<T>): Promise<T> {
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  const timer = setInterval(() => {
    Atomics.wait(nobody, 0, 0, AWAY_MS);
  }, HERE_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
