import { ShardQueue, Sweeper } from '@arena/persistence';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Sweeps while the API runs, also when no worker does: nothing stays stuck without a word. */
@Injectable()
export class UpkeepService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sweeper: Sweeper;

  constructor(@Inject(DataSource) dataSource: DataSource, @Inject(ShardQueue) queue: ShardQueue) {
    this.sweeper = new Sweeper(dataSource, queue, new Logger('sweep'));
  }

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
  }
}
