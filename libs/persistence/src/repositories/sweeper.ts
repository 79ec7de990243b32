import { plural } from '@arena/contracts';
import type { DataSource } from 'typeorm';
import type { ShardQueue } from '../queue/shard-queue.ts';
import { Repeated, type RepeatedLog } from './repeated.ts';
import { sweep, SWEEP_INTERVAL_MS } from './sweep.ts';

export interface SweepLog extends RepeatedLog {
  log(message: string): void;
  warn(message: string): void;
}

/** Sweeps every few seconds while it runs, and says what it found. */
export class Sweeper {
  private repeated: Repeated | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: ShardQueue,
    private readonly logger: SweepLog,
  ) {}

  start(): void {
    this.repeated ??= new Repeated('the sweep', SWEEP_INTERVAL_MS, () => this.once(), this.logger);
  }

  /** Resolves when a sweep that runs is through. */
  async stop(): Promise<void> {
    await this.repeated?.stop();
  }

  private async once(): Promise<void> {
    const result = await sweep(this.dataSource, this.queue);
    if (!result) return;
    if (result.lostWorkers > 0) this.logger.warn(`${plural(result.lostWorkers, 'worker')} heard of no more`);
    if (result.releasedGames > 0)
      this.logger.log(`${plural(result.releasedGames, 'game')} of lost workers to be played again`);
    for (const { evaluationId, reason } of result.failed)
      this.logger.error(`evaluation ${evaluationId} failed: ${reason}`);
  }
}
