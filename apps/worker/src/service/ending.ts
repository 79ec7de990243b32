/** Ends this process when it is told to, whatever hangs: first signal with order, second at once, and never later than a bound. */

/** Handing back may take 20 s, saying goodbye to the database some more; Docker and others kill after 60 s as set up here. */
const END_MS = 30_000;
/** What a shell tells of a program that was interrupted. */
const INTERRUPTED = 130;

export interface EndingParts {
  /** Hands back and closes everything. */
  stop: () => Promise<void>;
  log: (message: string) => void;
  error: (message: string) => void;
  /** Default: 30 s. */
  withinMs?: number;
}

/** From now on SIGTERM and SIGINT end this process. What it could not hand back others get by its missing heartbeat. */
export function endOnSignals({ stop, log, error, withinMs = END_MS }: EndingParts): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(INTERRUPTED);
    stopping = true;
    log(`${signal}: handing shards back; once more to end at once`);
    // A database that no longer answers, or an agent that cannot be ended, must not hold the process.
    setTimeout(() => {
      error(
        `did not stop within ${withinMs / 1000} s and ends now; other workers take its games over when its heartbeat is missed`,
      );
      process.exit(1);
    }, withinMs);
    stop().then(
      () => process.exit(0),
      (reason: unknown) => {
        error(`did not stop cleanly: ${String(reason)}`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, onSignal);
}
