/** The parts of a worker, wired; what they open is closed by {@link WorkerService}. */
import { randomUUID } from 'node:crypto';
import { ArchiveBox } from '@arena/archive/boxed';
import { createAgentHost, selfTest } from '@arena/evaluation';
import {
  ArchiveRepository,
  PlayRepository,
  ShardQueue,
  StrikeRepository,
  TryOutRepository,
  WorkerRepository,
  migrate,
  openDataSource,
} from '@arena/persistence';
import { Unprotected } from '@arena/sandbox';
import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { AgentCache } from './agents/agent-cache.ts';
import type { WorkerConfig } from './config/config.ts';
import { loadEngine } from './engine/engine-files.ts';
import { Presence } from './presence/presence.ts';
import { ShardPlayer } from './shards/shard-player.ts';
import { FrameSender } from './watching/frame-sender.ts';
import { WorkerService } from './worker.service.ts';

@Module({})
export class WorkerModule {
  /** Probes the sandbox and opens the database and the queue: rejects if one of them cannot be had. */
  static forRoot(config: WorkerConfig): DynamicModule {
    return {
      module: WorkerModule,
      providers: [{ provide: WorkerService, useFactory: () => assemble(config) }],
    };
  }
}

/** Tells how far the start is: whoever started the worker waits for as long as it gets on. */
function startUp(): (phase: string) => void {
  const logger = new Logger('start-up');
  return (phase) => {
    logger.log(phase);
  };
}

async function assemble(config: WorkerConfig): Promise<WorkerService> {
  const logger = new Logger('worker');
  const phase = startUp();
  phase('compiling the engine');
  const engine = await loadEngine(config.engineDirectory);
  if (config.unprotected)
    logger.warn(
      'agents run as this user, without a sandbox (ARENA_UNPROTECTED=1): take only those you trust',
    );
  const host = createAgentHost({
    ...(config.unprotected ? { sandbox: new Unprotected() } : {}),
    ...(config.sandboxUids ? { uids: config.sandboxUids } : {}),
    roots: config.roots,
  });
  phase('making a first sandbox');
  await host.sandbox.probe();
  const cache = host.stage.folderFor(config.cacheDirectory, 'submissions');
  for (const { name } of host.runtimes)
    if (config.runtimes?.includes(name) === false) host.withdraw(name, 'ARENA_RUNTIMES leaves it out');
  const runtimes = await selfTest(host, engine.modules, (name) => {
    phase(`self-test of the runtime ${name}`);
  });
  for (const [name, reason] of host.missing) logger.warn(`the runtime ${name} is not offered: ${reason}`);
  if (runtimes.length === 0)
    throw new Error('no runtime can be offered on this machine; the reasons stand above');
  logger.log(`runtimes: ${host.runtimes.map(({ description }) => description).join('; ')}`);
  phase('opening the database');
  const dataSource = await openDataSource({
    url: config.databaseUrl,
    applicationName: 'arena worker',
    poolSize: config.shards + 4,
  });
  try {
    // Whoever starts first brings the schema up to date; the others wait for it.
    phase('bringing the database up to date');
    await migrate(dataSource);
    phase('opening the queue');
    const queue = await ShardQueue.open({
      url: config.databaseUrl,
      applicationName: 'arena worker queue',
      onError: (error) => {
        logger.warn(`queue: ${error.message}`);
      },
    });
    const workerId = randomUUID();
    const frames = new FrameSender(
      (sql, values) => dataSource.query(sql, values),
      (error) => {
        logger.warn(`a picture was not sent: ${String(error)}`);
      },
    );
    const agents = new AgentCache(
      new ArchiveRepository(dataSource),
      new ArchiveBox(host.sandbox, host.stage),
      cache,
      host.runtimes.map(({ name }) => name),
    );
    const player = new ShardPlayer({
      workerId,
      host,
      engine: engine.modules,
      agents,
      plays: new PlayRepository(dataSource, queue),
      strikes: new StrikeRepository(dataSource),
      tryOuts: new TryOutRepository(dataSource),
      frames,
    });
    const presence = new Presence(new WorkerRepository(dataSource), dataSource, queue, () =>
      host.sandbox.faults(),
    );
    return new WorkerService({
      config: { ...config, cacheDirectory: cache },
      workerId,
      engineId: engine.id,
      engine: engine.modules,
      host,
      dataSource,
      queue,
      frames,
      player,
      presence,
    });
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
