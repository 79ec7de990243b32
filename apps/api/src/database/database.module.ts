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
import { useDatabase } from '../visitors/work.ts';

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

/**
 * Whoever asked has had its answer long before: 15 s for a request, 31 s for the largest archive. What is left then would hold one
 * of the pool's ten connections for as long as the database hangs.
 */
const STATEMENT_MS = 40_000;

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
        // On connections of its own: a migration of many rows may take longer than any request.
        const migrating = await openDataSource({ url, applicationName: 'arena api migration' });
        try {
          phases.log('bringing the database up to date');
          const ran = await migrate(migrating);
          if (ran.length > 0) new Logger('database').log(`migrated: ${ran.join(', ')}`);
        } finally {
          await migrating.destroy();
        }
        return openDataSource({
          url,
          applicationName: 'arena api',
          mostWaiting: MOST_WAITING,
          onUse: useDatabase,
          statementTimeoutMs: STATEMENT_MS,
        });
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
