/**
 * Runs a task for a key at once, and then at most every `intervalMs`, however often the key is touched; the last touch
 * is never lost, and two runs for one key never overlap.
 */
export class Coalescer {
  private readonly states = new Map<string, { touched: boolean }>();
  private closed = false;

  constructor(
    private readonly intervalMs: number,
    private readonly run: (key: string) => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  touch(key: string): void {
    const state = this.states.get(key);
    if (state) state.touched = true;
    else void this.cycle(key);
  }

  /** Touches that wait are dropped. */
  close(): void {
    this.closed = true;
  }

  private async cycle(key: string): Promise<void> {
    const state = { touched: true };
    this.states.set(key, state);
    while (state.touched && !this.closed) {
      state.touched = false;
      const pause = new Promise((resolve) => setTimeout(resolve, this.intervalMs).unref());
      try {
        await this.run(key);
      } catch (error) {
        this.onError(error);
      }
      await pause;
    }
    this.states.delete(key);
  }
}
