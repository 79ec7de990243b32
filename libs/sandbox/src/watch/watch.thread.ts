/** Looks at the sandboxes' figures, off the thread that holds the clocks: what looking costs is in no agent's time. */
import { parentPort } from 'node:worker_threads';
import { look } from './look.ts';
import { OWN_PROCESSES, PLACES, type Breach, type Order } from './messages.ts';

/** A process that writes 1 GB/s into fresh memory overshoots by 25 MB between two looks. */
const WATCH_MS = 25;
/** Between two looks, nine times what the last one took: they take a tenth of one processor at most, whatever there is to look at. */
const REST = 9;

type Watch = Extract<Order, { kind: 'watch' }>;
const watches = new Map<number, Watch>();
let timer: NodeJS.Timeout | null = null;

parentPort?.on('message', (order: Order) => {
  if (order.kind === 'watch') watches.set(order.id, order);
  else watches.delete(order.id);
  if (timer === null && watches.size > 0) wait(WATCH_MS);
});

function wait(ms: number): void {
  timer = setTimeout(() => {
    timer = null;
    const begin = performance.now();
    for (const watch of watches.values()) lookAt(watch);
    if (watches.size > 0) wait(Math.max(WATCH_MS, REST * (performance.now() - begin)));
  }, ms);
}

function lookAt({ id, source, limits, figures }: Watch): void {
  const { memoryMiB, count, cpuMs } = look(source);
  const shared = new Float64Array(figures);
  raise(shared, PLACES.peakMemoryMiB, memoryMiB);
  raise(shared, PLACES.peakProcesses, count);
  raise(shared, PLACES.cpuMs, cpuMs);
  if (memoryMiB > limits.memoryMiB) tell({ id, what: 'memory', value: Math.round(memoryMiB) });
  else if (count - OWN_PROCESSES > limits.processes)
    tell({ id, what: 'processes', value: count - OWN_PROCESSES });
}

function raise(shared: Float64Array, place: number, value: number): void {
  shared[place] = Math.max(shared[place] ?? 0, value);
}

/** Again with each look, until the sandbox is no longer watched. */
function tell(breach: Breach): void {
  parentPort?.postMessage(breach);
}
