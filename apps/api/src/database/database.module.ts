import {
  BoardRepository,
  CompetitionRepository,
  EvaluationRepository,
  GameRepository,
  migrate,
  openDataSource,
  ShardQueue,
  SubmissionRepository,
  WorkerRepository,
} from '@arena/persistence';
import { Global, Inject, Injectable, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG } from '../config/config.module.ts';
import type { ApiConfig } from '../config/config.ts';

/** Closed last: requests in flight still need them. */
@Injectable()
class Closer implements OnApplicationShutdown {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(ShardQueue) private readonly queue: ShardQueue,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
    await this.dataSource.destroy();
  }
}

/**
 * Ten connections answer some thousand queries a second, so that the last of these waits a fraction of a second. Without a bound
 * 5,000 requests waited until 10 s had passed, and failed then.
 */
const MOST_WAITING = 256;

const READERS = [BoardRepository, CompetitionRepository, GameRepository, WorkerRepository];
const WRITERS = [SubmissionRepository, EvaluationRepository];

@Global()
@Module({
  providers: [
    {
      provide: DataSource,
      inject: [CONFIG],
      useFactory: async ({ databaseUrl: url }: ApiConfig) => {
        const phases = new Logger('start-up');
        phases.log('opening the database');
        const dataSource = await openDataSource({
          url,
          applicationName: 'arena api',
          mostWaiting: MOST_WAITING,
        });
        phases.log('bringing the database up to date');
        const ran = await migrate(dataSource);
        if (ran.length > 0) new Logger('database').log(`migrated: ${ran.join(', ')}`);
        return dataSource;
      },
    },
    {
      provide: ShardQueue,
      // After the DataSource: its errors about an unreachable server read better.
      inject: [CONFIG, DataSource],
      useFactory: ({ databaseUrl: url }: ApiConfig) => {
        const logger = new Logger('queue');
        new Logger('start-up').log('opening the queue');
        return ShardQueue.open({
          url,
          applicationName: 'arena api queue',
          onError: (error) => {
            logger.error(error.message);
          },
        });
      },
    },
    ...READERS.map((repository) => ({
      provide: repository,
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => new repository(dataSource),
    })),
    ...WRITERS.map((repository) => ({
      provide: repository,
      inject: [DataSource, ShardQueue],
      useFactory: (dataSource: DataSource, queue: ShardQueue) => new repository(dataSource, queue),
    })),
    Closer,
  ],
  exports: [DataSource, ShardQueue, ...READERS, ...WRITERS],
})
export class DatabaseModule {}
