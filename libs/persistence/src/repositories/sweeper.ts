import type { DataSource } from 'typeorm';
import type { ShardQueue } from '../queue/shard-queue.ts';
import { sweep, SWEEP_INTERVAL_MS } from './sweep.ts';

export interface SweepLog {
  log(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Sweeps every few seconds while it runs, and says what it found. */
export class Sweeper {
  private timer: NodeJS.Timeout | null = null;
  private current: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: ShardQueue,
    private readonly logger: SweepLog,
  ) {}

  start(): void {
    let busy = false;
    this.timer = setInterval(() => {
      if (busy) return;
      busy = true;
      this.current = this.once().finally(() => {
        busy = false;
      });
    }, SWEEP_INTERVAL_MS);
  }

  /** Resolves when a sweep that runs is through. */
  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.current;
  }

  private async once(): Promise<void> {
    try {
      const result = await sweep(this.dataSource, this.queue);
      if (!result) return;
      if (result.lostWorkers > 0) this.logger.warn(`workers heard of no more: ${result.lostWorkers}`);
      if (result.releasedGames > 0)
        this.logger.log(`games of lost workers that wait again: ${result.releasedGames}`);
      for (const { evaluationId, reason } of result.failed)
        this.logger.error(`evaluation ${evaluationId} failed: ${reason}`);
    } catch (error) {
      this.logger.error(
        `the sweep failed, the next one comes in ${SWEEP_INTERVAL_MS / 1000} s: ${(error as Error).message}`,
      );
    }
  }
}
