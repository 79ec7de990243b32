import type { Settings } from './settings.ts';

/** What one game may cost, and has cost. */
export class Budget {
  readonly #most: Pick<Settings, 'mostCalls' | 'mostTokens' | 'mostSeconds'>;
  calls = 0;
  tokens = 0;
  /** Waiting for the server, pauses included. */
  milliseconds = 0;

  constructor(most: Pick<Settings, 'mostCalls' | 'mostTokens' | 'mostSeconds'>) {
    this.#most = most;
  }

  get isUsedUp(): boolean {
    const { mostCalls, mostTokens } = this.#most;
    return this.calls >= mostCalls || this.tokens >= mostTokens || this.millisecondsLeft <= 0;
  }

  get millisecondsLeft(): number {
    return Math.max(0, this.#most.mostSeconds * 1000 - this.milliseconds);
  }

  /** Charges the time that this takes, whatever comes of it. */
  async charge<T>(work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.milliseconds += performance.now() - start;
    }
  }
}
