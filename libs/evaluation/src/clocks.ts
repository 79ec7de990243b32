import { Worker } from 'node:worker_threads';
import type { Limits } from '@arena/contracts';
import type { Control, Expiry } from './control.ts';
import { PlatformError } from './errors.ts';

export type ToClock =
  | { id: number; control: SharedArrayBuffer; limits: Pick<Limits, 'startTimeoutMs' | 'stepTimeoutMs'> }
  | { forget: number };

/** `since`: by `now()`, when the turn began. */
export interface FromClock {
  id: number;
  expiry: Expiry;
  since: number;
}

interface Watcher {
  expired: (expiry: Expiry, since: number) => void;
  failed: (error: PlatformError) => void;
}

/** By this name `top -H` shows it among the threads of a process; at most 15 letters. */
const CLOCK_THREAD = 'arena clock';

/** Holds the limits of all shards from outside, in a thread of its own that is made when the first one begins. */
export class Clocks {
  #worker: Worker | null = null;
  readonly #watchers = new Map<number, Watcher>();
  #next = 0;

  /** Calls `expired` once a turn that lasts too long, while it lasts; `failed` if nobody looks any more. Call what it returns at the end. */
  watch(
    control: Control,
    { startTimeoutMs, stepTimeoutMs }: Pick<Limits, 'startTimeoutMs' | 'stepTimeoutMs'>,
    watcher: Watcher,
  ): () => void {
    const id = this.#next++;
    this.#worker ??= this.#made();
    this.#watchers.set(id, watcher);
    this.#worker.ref();
    this.#tell({ id, control: control.buffer, limits: { startTimeoutMs, stepTimeoutMs } });
    return () => {
      if (!this.#watchers.delete(id)) return;
      this.#tell({ forget: id });
      if (this.#watchers.size === 0) this.#worker?.unref();
    };
  }

  /** Ends the thread unless it is needed; the next shard makes a new one. */
  async dispose(): Promise<void> {
    if (this.#watchers.size > 0) return;
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #tell(message: ToClock): void {
    this.#worker?.postMessage(message);
  }

  /** Without environment: the thread needs none. */
  #made(): Worker {
    const worker = new Worker(new URL('./clock-thread.js', import.meta.url), {
      ...{ name: CLOCK_THREAD, env: {} },
    });
    worker.on('message', ({ id, expiry, since }: FromClock) => {
      this.#watchers.get(id)?.expired(expiry, since);
    });
    const lost = (why: string): void => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      const watchers = [...this.#watchers.values()];
      this.#watchers.clear();
      for (const { failed } of watchers)
        failed(new PlatformError(`the thread that holds the clocks ended: ${why}`));
    };
    worker.on('error', (error) => {
      lost(String(error));
    });
    worker.on('exit', (code) => {
      lost(`exit code ${code}`);
    });
    return worker;
  }
}
