import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ShardAborted } from '../errors.ts';
import type { Rehearsed, RehearsalData, ToRehearsal } from './messages.ts';

export interface RehearsalOptions extends Omit<RehearsalData, 'noise'> {
  /** Default 0. */
  readonly noise?: number;
  /** Games 0 … games-1 of the seed root, or from `first` on. */
  readonly games: number;
  readonly first?: number;
  /** Default: one a processor. */
  readonly threads?: number;
  /** Ends all games at once; {@link rehearse} then rejects with ShardAborted. */
  readonly signal?: AbortSignal;
  /** Called in the order in which games end. */
  readonly finished?: (rehearsed: Rehearsed) => void;
}

/**
 * Plays games with a trusted node agent, in threads of this process: no sandbox, no pipes, no clock, so a game costs the
 * agent's and the engine's time alone. The rules are those of the evaluation (ChallengeGame), and the same games come out
 * for any number of threads, as long as the agent's answers depend on the game and its seed only. What the agent prints
 * goes to standard error. Rejects when a thread fails: an agent that throws fails the rehearsal.
 */
export async function rehearse(options: RehearsalOptions): Promise<void> {
  const { games, first = 0, finished, signal, threads = availableParallelism(), ...rest } = options;
  const data: RehearsalData = {
    entry: rest.entry,
    fields: rest.fields,
    limits: rest.limits,
    seedRoot: rest.seedRoot,
    character: rest.character,
    noise: rest.noise ?? 0,
    tapes: rest.tapes,
  };
  let next = first;
  const last = first + games;
  const workers: Worker[] = [];
  const run = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData: data, stdout: true });
      workers.push(worker);
      // Standard output is the caller's.
      worker.stdout.on('data', (bytes: Uint8Array) => process.stderr.write(bytes));
      const stop = (): void => {
        reject(new ShardAborted());
      };
      if (signal?.aborted === true) stop();
      signal?.addEventListener('abort', stop, { once: true });
      const order = (): void => {
        const message: ToRehearsal = next < last ? { type: 'play', index: next++ } : { type: 'stop' };
        worker.postMessage(message);
      };
      worker.on('message', (rehearsed: Rehearsed) => {
        try {
          finished?.(rehearsed);
          order();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        resolve();
      });
      order();
    });
  try {
    await Promise.all(Array.from({ length: Math.max(1, Math.min(threads, games)) }, run));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
