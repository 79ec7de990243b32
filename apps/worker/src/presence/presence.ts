/** What runs beside the shards for as long as the worker lives: its heartbeat and the sweep. */
import {
  Repeated,
  Sweeper,
  WORKER_BEAT_MS,
  type ShardQueue,
  type WorkerCard,
  type WorkerRepository,
} from '@arena/persistence';
import type { SandboxFault } from '@arena/sandbox';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

export class Presence {
  readonly #logger = new Logger('presence');
  readonly #workers: WorkerRepository;
  readonly #sweeper: Sweeper;
  readonly #faults: () => readonly SandboxFault[];
  #heart: Repeated | null = null;
  #id: string | undefined;

  /** `faults`: what went wrong with this worker's sandboxes so far. */
  constructor(
    workers: WorkerRepository,
    dataSource: DataSource,
    queue: ShardQueue,
    faults: () => readonly SandboxFault[],
  ) {
    this.#workers = workers;
    this.#faults = faults;
    this.#sweeper = new Sweeper(dataSource, queue, new Logger('sweep'));
  }

  /** Registers the worker; from here on the API counts on it. */
  async start(card: WorkerCard): Promise<void> {
    await this.#workers.register(card);
    this.#id = card.id;
    this.#heart = new Repeated('the heartbeat', WORKER_BEAT_MS, () => this.#beat(card.id), this.#logger);
    this.#sweeper.start();
  }

  async #beat(id: string): Promise<void> {
    await this.#workers.beat(id);
    const faults = this.#faults();
    if (faults.length === 0) return;
    await this.#workers.tellFaults(
      id,
      faults.map((fault) => ({ ...fault, at: new Date(fault.at).toISOString() })),
    );
  }

  /** What the worker offers has changed. */
  async offer(runtimes: readonly string[], missing: Readonly<Record<string, string>>): Promise<void> {
    if (this.#id !== undefined) await this.#workers.offer(this.#id, runtimes, missing);
  }

  /** Whether another worker could have what this one cannot do. */
  async othersOffer(runtime: string): Promise<boolean> {
    return this.#id !== undefined && this.#workers.othersOffer(this.#id, runtime);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#heart?.stop(), this.#sweeper.stop()]);
    if (this.#id !== undefined) await this.#workers.stop(this.#id);
  }
}
