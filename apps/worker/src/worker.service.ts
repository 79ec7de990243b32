/** A worker's life: register, take shards, stop. */
import { hostname, tmpdir } from 'node:os';
import { CHANNELS } from '@arena/contracts';
import { stillSound, type AgentHost } from '@arena/evaluation';
import type { EngineModules } from '@arena/engine';
import { Listener, TRIES, UncountedFailure, type LeasedShard, type ShardQueue } from '@arena/persistence';
import { PROTOCOL_VERSION } from '@arena/protocol';
import { Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { WorkerConfig } from './config/config.ts';
import { machineFault, usesUpTry } from './service/outside-faults.ts';
import { Soundness } from './service/soundness.ts';
import { writeTo } from './service/write-check.ts';
import type { Presence } from './presence/presence.ts';
import type { ShardPlayer } from './shards/shard-player.ts';
import type { FrameSender } from './watching/frame-sender.ts';

/** Of this program, as its row tells. */
const VERSION = '0.1.0';
/** Handing shards back takes the time of one step of their games and a few writes; the whole process has 30 s to end. */
const STOP_MS = 20_000;
/** So long a shard that failed here is left to others: its next try comes after 30 s at most, and they look every two. */
const LEAVE_MS = 45_000;

export interface WorkerParts {
  config: WorkerConfig;
  workerId: string;
  engineId: string;
  engine: EngineModules;
  host: AgentHost;
  dataSource: DataSource;
  queue: ShardQueue;
  frames: FrameSender;
  player: ShardPlayer;
  presence: Presence;
  /** For how long a worker out of service waits before it looks whether it can come back; default: a minute, 5 s for the disk. */
  lookAgainMs?: number;
}

@Injectable()
export class WorkerService {
  readonly #logger = new Logger('worker');
  readonly #parts: WorkerParts;
  readonly #listener: Listener;
  readonly #soundness: Soundness;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#soundness = new Soundness({
      probe: () => stillSound(parts.host, parts.engine),
      write: () =>
        writeTo({
          'the folder of unpacked agents (ARENA_CACHE_DIR)': parts.config.cacheDirectory,
          "the folder of sandboxes' files": parts.host.stage.root,
          "the system's folder for temporary files": tmpdir(),
        }),
      leave: (reason) => this.#leaveService(reason),
      comeBack: () => this.#comeBack(),
      onError: (error) => {
        this.#logger.error(`the worker's row could not be changed: ${String(error)}`);
      },
      ...(parts.lookAgainMs === undefined ? {} : { lookAgainMs: parts.lookAgainMs }),
    });
    this.#listener = new Listener({
      url: parts.config.databaseUrl,
      channels: [CHANNELS.watch],
      onNotification: (_channel, gameId) => {
        parts.frames.watched(gameId);
      },
      // Watching is renewed every few seconds, so nothing has to be read anew.
      onConnected: () => undefined,
      onLost: (error) => {
        this.#logger.warn(`the connection for watching is lost and made again: ${error.message}`);
      },
    });
  }

  /** Takes shards from now on. */
  async start(): Promise<void> {
    const { config, workerId, engineId, host, presence, queue } = this.#parts;
    const sandbox = host.sandbox.description;
    await this.#listener.open();
    await presence.start({
      id: workerId,
      name: `${hostname()}:${process.pid}`,
      version: VERSION,
      engineId,
      sandbox,
      protocolVersion: PROTOCOL_VERSION,
      shards: config.shards,
      runtimes: this.#runtimes,
      missingRuntimes: Object.fromEntries(host.missing),
    });
    await queue.work(this.#runtimes, config.shards, (shard) => this.#play(shard));
    this.#logger.log(`ready: ${config.shards} shards at once, engine ${engineId.slice(0, 12)}, ${sandbox}`);
  }

  get #runtimes(): string[] {
    return this.#parts.host.runtimes.map(({ name }) => name);
  }

  /** Hands running shards back and closes everything. */
  async stop(): Promise<void> {
    const { host, player, queue, presence, dataSource } = this.#parts;
    this.#soundness.stop();
    player.stop();
    await queue.close(STOP_MS);
    await presence.stop();
    await this.#listener.close();
    host.stage.dispose();
    await dataSource.destroy();
  }

  async #play(shard: LeasedShard): Promise<void> {
    const { evaluationId, from, to } = shard.job;
    const name = `games ${from}…${to - 1} of evaluation ${evaluationId}`;
    const begin = Date.now();
    try {
      const outcome = await this.#parts.player.play(shard);
      this.#soundness.succeeded();
      this.#logger.log(`${name}: ${outcome} after ${((Date.now() - begin) / 1000).toFixed(1)} s`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
      const used = usesUpTry(error);
      const uses = used
        ? `try ${(shard.job.faults ?? 0) + 1} of ${TRIES} failed`
        : 'failed, which uses up no try';
      this.#logger.error(`${name}: ${uses}: ${reason}${cause}`);
      const fault = machineFault(error);
      if (fault) await this.#soundness.broke();
      if (used || fault) await this.#leaveToOthers(shard);
      if (!used) throw new UncountedFailure(error);
      await this.#soundness.failed(reason);
      throw error;
    }
  }

  /** Where another worker can have it. */
  async #leaveToOthers({ job }: LeasedShard): Promise<void> {
    const { presence, queue } = this.#parts;
    const others = await presence.othersOffer(job.runtime).catch(() => false);
    if (others) queue.leaveToOthers(job.evaluationId, LEAVE_MS);
  }

  async #leaveService(reason: string): Promise<void> {
    const { host, queue, presence } = this.#parts;
    queue.pause(true);
    this.#logger.error(`out of service until it can go on: ${reason}`);
    const missing = new Map(host.missing);
    for (const name of this.#runtimes) missing.set(name, `out of service: ${reason}`);
    await presence.offer([], Object.fromEntries(missing));
  }

  async #comeBack(): Promise<void> {
    const { host, queue, presence } = this.#parts;
    await presence.offer(this.#runtimes, Object.fromEntries(host.missing));
    queue.pause(false);
    this.#logger.log('in service again: agents can be run');
  }
}
