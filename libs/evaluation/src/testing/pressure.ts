/** Fifteen looks at the clocks are due in it. */
const AWAY_MS = 150;
const HERE_MS = 5;

/**
 * Does `work` while this thread, on which processes are started and results handed on, mostly does not come to it, as where the platform
 * has much to do. Agents, game threads and the clock run on.
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
