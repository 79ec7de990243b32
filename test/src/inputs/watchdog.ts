/** A thread that ends the process when its main thread has stood still: an endless loop lets no timer of its own run. */
import { Worker } from 'node:worker_threads';

const SOURCE = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const beats = new Int32Array(workerData.beats);
let last = -1;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  if (now === last) {
    writeSync(2, 'fuzz:inputs: the process has stood still for ' + workerData.ms + ' ms at case ' + Atomics.load(beats, 1) + ': replay it with --from and --count 1\\n');
    process.kill(process.pid, 'SIGKILL');
  }
  last = now;
}, workerData.ms);
`;

export interface Watchdog {
  beat(index: number): void;
  stop(): Promise<void>;
}

export function watchdog(ms: number): Watchdog {
  const beats = new Int32Array(new SharedArrayBuffer(8));
  const thread = new Worker(SOURCE, { eval: true, workerData: { beats: beats.buffer, ms } });
  // Also while an input is waited for.
  const timer = setInterval(() => Atomics.add(beats, 0, 1), 1000);
  return {
    beat: (index) => {
      Atomics.add(beats, 0, 1);
      Atomics.store(beats, 1, index);
    },
    stop: async () => {
      clearInterval(timer);
      await thread.terminate();
    },
  };
}
