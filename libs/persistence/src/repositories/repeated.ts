export interface RepeatedLog {
  error(message: string): void;
}

/** Runs `work` every `intervalMs` until it is stopped, one at a time; a failure is logged and the next turn tries again. */
export class Repeated {
  private readonly timer: NodeJS.Timeout;
  private current: Promise<void> | null = null;

  constructor(name: string, intervalMs: number, work: () => Promise<unknown>, logger: RepeatedLog) {
    this.timer = setInterval(() => {
      this.current ??= work()
        .then(
          () => undefined,
          (error: unknown) => {
            const reason = error instanceof Error ? error.message : String(error);
            logger.error(`${name} failed and is tried again in ${intervalMs / 1000} s: ${reason}`);
          },
        )
        .finally(() => {
          this.current = null;
        });
    }, intervalMs);
  }

  /** Resolves when work that is under way is through. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.current;
  }
}
