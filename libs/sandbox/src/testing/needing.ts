type Body = () => void | Promise<void>;

/** jest's `it` or `describe`. */
interface Runner<B> {
  (name: string, body: B, timeout?: number): void;
  skip: (name: string, body: B, timeout?: number) => void;
}

/**
 * `run`, where the machine has what the test needs; else what skips it, and says so on standard error, whatever
 * the reporter shows: a way out that nobody tried is not one that is closed.
 */
export function needing<B = Body>(what: string, has: boolean, run: Runner<B>): Runner<B>['skip'] {
  if (has) return run;
  return (name, body, timeout) => {
    process.stderr.write(`skipped, since it needs ${what}: ${name}\n`);
    run.skip(`${name} (needs ${what})`, body, timeout);
  };
}
