import { Worker } from 'node:worker_threads';
import type { Source } from './look.ts';
import { FIGURES_BYTES, PLACES, type Breach, type Order, type Watched } from './messages.ts';

/** A sandbox under watch. */
export interface Watching {
  /** Since the watch began. */
  usage(): { peakMemoryMiB: number; peakProcesses: number; cpuMs: number };
  stop(): void;
}

interface Entry {
  order: Order;
  onBreach: (breach: Breach) => void;
}

/** A thread that broke is begun anew this much later, so that one that cannot run at all does not take the processor. */
const AGAIN_MS = 1000;

/** The one thread of this process that watches its sandboxes. It begins with the first, and keeps no process alive. */
class Watcher {
  readonly #watches = new Map<number, Entry>();
  #thread: Worker | null = null;
  #next = 0;
  #onFault: (message: string) => void = () => undefined;

  /** `onFault` is told when looking itself fails; the control groups' own limits hold meanwhile. */
  watch(
    source: Source,
    limits: Watched,
    { onBreach, onFault }: { onBreach: (breach: Breach) => void; onFault: (message: string) => void },
  ): Watching {
    const id = this.#next++;
    const figures = new SharedArrayBuffer(FIGURES_BYTES);
    const shared = new Float64Array(figures);
    const { memoryMiB, processes } = limits;
    const order: Order = { kind: 'watch', id, source, limits: { memoryMiB, processes }, figures };
    this.#onFault = onFault;
    this.#watches.set(id, { order, onBreach });
    this.#send(order);
    return {
      usage: () => ({
        peakMemoryMiB: shared[PLACES.peakMemoryMiB] ?? 0,
        peakProcesses: shared[PLACES.peakProcesses] ?? 0,
        cpuMs: shared[PLACES.cpuMs] ?? 0,
      }),
      stop: () => {
        if (this.#watches.delete(id)) this.#send({ kind: 'leave', id });
      },
    };
  }

  #send(order: Order): void {
    this.#thread ??= this.#begin();
    this.#thread.postMessage(order);
  }

  #begin(): Worker {
    const thread = new Worker(new URL('./watch.thread.js', import.meta.url), {
      ...{ name: 'arena watch', execArgv: [], env: {} },
    });
    thread.on('message', (breach: Breach) => {
      this.#watches.get(breach.id)?.onBreach(breach);
    });
    thread.on('error', (error: Error) => {
      this.#onFault(
        `the thread that watches sandboxes failed and is begun anew: ${error.message}. Games go on; report this if it comes again.`,
      );
      setTimeout(() => {
        this.#thread = null;
        for (const { order } of this.#watches.values()) this.#send(order);
      }, AGAIN_MS).unref();
    });
    // After its listeners: the one for messages holds the process.
    thread.unref();
    return thread;
  }
}

export const watcher = new Watcher();
