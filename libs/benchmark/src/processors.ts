import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/**
 * Two programs that hand a turn to and fro, each on a processor of its own, as an engine and an agent that both work are. Left to
 * the scheduler, two that do nothing may also end up on one, where none has to be woken: 83,000 to 123,000 round trips a second
 * instead of 15,000 to 20,000, by chance and not by what is measured.
 */
export interface Apart<T> {
  /** Starts the other program: on processor 1. */
  readonly start: () => Promise<T>;
  /** With this thread on processor 0. */
  readonly measure: (started: T) => number;
}

/** What `measure` gives; then this thread may run anywhere again. Where there is one processor, or no taskset, nothing is bound. */
export async function apart<T>({ start, measure }: Apart<T>): Promise<{ started: T; value: number }> {
  const processors = availableParallelism();
  const runOn = (list: string): void => {
    if (processors > 1)
      spawnSync('/usr/bin/taskset', ['-pc', list, String(process.pid)], { stdio: 'ignore' });
  };
  try {
    runOn('1');
    const started = await start();
    runOn('0');
    return { started, value: measure(started) };
  } finally {
    runOn(`0-${processors - 1}`);
  }
}
