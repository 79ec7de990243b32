/** What runs beside the shards for as long as the worker lives: its heartbeat and the sweep. */
import {
  SWEEP_INTERVAL_MS,
  WORKER_BEAT_MS,
  sweep,
  type ShardQueue,
  type WorkerCard,
  type WorkerRepository,
} from '@arena/persistence';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

/** Runs `work` every `intervalMs`, one at a time; a failure is logged and the next turn tries again. */
class Repeated {
  readonly #work: () => Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #current: Promise<void> | null = null;

  constructor(name: string, intervalMs: number, work: () => Promise<void>, logger: Logger) {
    this.#work = work;
    this.#timer = setInterval(() => {
      this.#current ??= this.#work()
        .catch((error: unknown) => {
          logger.warn(
            `${name} failed and is tried again in ${intervalMs / 1000} s: ${error instanceof Error ? error.message : String(error)}`,
          );
        })
        .finally(() => {
          this.#current = null;
        });
    }, intervalMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#current;
  }
}

export class Presence {
  readonly #logger = new Logger('presence');
  readonly #workers: WorkerRepository;
  readonly #dataSource: DataSource;
  readonly #queue: ShardQueue;
  readonly #repeated: Repeated[] = [];
  #id: string | undefined;

  constructor(workers: WorkerRepository, dataSource: DataSource, queue: ShardQueue) {
    this.#workers = workers;
    this.#dataSource = dataSource;
    this.#queue = queue;
  }

  /** Registers the worker; from here on the API counts on it. */
  async start(card: WorkerCard): Promise<void> {
    await this.#workers.register(card);
    this.#id = card.id;
    this.#repeated.push(
      new Repeated('heartbeat', WORKER_BEAT_MS, () => this.#workers.beat(card.id), this.#logger),
      new Repeated('sweep', SWEEP_INTERVAL_MS, () => this.#sweep(), this.#logger),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.#repeated.map((task) => task.stop()));
    if (this.#id !== undefined) await this.#workers.stop(this.#id);
  }

  async #sweep(): Promise<void> {
    const result = await sweep(this.#dataSource, this.#queue);
    if (!result) return;
    if (result.lostWorkers > 0)
      this.#logger.warn(
        `${result.lostWorkers} workers are lost, ${result.releasedGames} games go back to the queue`,
      );
    for (const { evaluationId, reason } of result.failed)
      this.#logger.error(`evaluation ${evaluationId} failed: ${reason}`);
  }
}
