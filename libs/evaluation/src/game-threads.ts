import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { EngineModules, EngineSource } from '@arena/engine';

import { Clocks } from './clocks.ts';

export type ThreadEngine = EngineSource | EngineModules | undefined;

/** A thread that plays shards, one after another. */
export interface GameThread {
  readonly worker: Worker;
  /** The engine that it has loaded. */
  readonly engine: ThreadEngine;
  shards: number;
}

/** By this name tests and `top -H` find them among the threads of a process; at most 15 letters. */
export const GAME_THREAD = 'arena game';

/** So many wait for work: as many as a worker commonly plays at once. */
const MOST_IDLE = 4;
/** Then a new one takes its place, so that nothing that might pile up does. */
const MOST_SHARDS = 200;

/**
 * Threads with a loaded engine, kept between shards: a new one loads code and compiles the engine before
 * anything else can happen. One whose shard did not end well is never used again.
 */
export class GameThreads {
  /** They hold the limits of all that is played here. */
  readonly clocks = new Clocks();
  #idle: GameThread[] = [];
  #playing = 0;

  /** One that has this engine, new if none waits. It keeps the process alive until it is given back or ended. */
  take(engine: ThreadEngine): GameThread {
    const at = this.#idle.findIndex((thread) => thread.engine === engine);
    const [found] = at < 0 ? [] : this.#idle.splice(at, 1);
    const thread = found ?? { worker: made(engine), engine, shards: 0 };
    silence(thread.worker);
    thread.shards += 1;
    this.#playing += 1;
    thread.worker.ref();
    return thread;
  }

  /** Whether each thread that plays, and each agent, has a processor to itself. */
  get haveProcessorsToSpare(): boolean {
    return 2 * this.#playing <= availableParallelism();
  }

  /** After a shard; one that did not end well costs its thread. */
  async giveBack(thread: GameThread, endedWell: boolean): Promise<void> {
    this.#playing -= 1;
    silence(thread.worker);
    if (!endedWell || thread.shards >= MOST_SHARDS || this.#idle.length >= MOST_IDLE) {
      await thread.worker.terminate();
      return;
    }
    // Whatever ends it while it waits costs nothing but itself.
    thread.worker.on('error', () => undefined);
    thread.worker.once('exit', () => {
      this.#idle = this.#idle.filter((other) => other !== thread);
    });
    thread.worker.unref();
    this.#idle.push(thread);
  }

  /** Ends those that wait for work; the next shards make new ones. */
  async dispose(): Promise<void> {
    const idle = this.#idle;
    this.#idle = [];
    await Promise.all([this.clocks.dispose(), ...idle.map(({ worker }) => worker.terminate())]);
  }
}

/** Not all listeners at once: that would take the Worker's own, too, by which its messages arrive. */
function silence(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}

/** Without environment: the thread needs none. */
function made(engine: ThreadEngine): Worker {
  return new Worker(new URL('./thread.js', import.meta.url), {
    ...{ name: GAME_THREAD, workerData: engine, env: {} },
  });
}
