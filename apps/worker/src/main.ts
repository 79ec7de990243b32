/** The worker process. First signal: hand back what is being played and stop, within a bound; second: stop now. */
import 'reflect-metadata';
import { Lines } from '@arena/logging';
import { NestFactory } from '@nestjs/core';
import { readConfig } from './config/config.ts';
import { endOnSignals } from './service/ending.ts';
import { WorkerModule } from './worker.module.ts';
import { WorkerService } from './worker.service.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = new Lines('worker', undefined, config.unprotected ? 'unprotected: true' : '');
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), {
    logger,
    abortOnError: false,
  });
  const worker = app.get(WorkerService);
  await worker.start();

  endOnSignals({
    stop: async () => {
      await worker.stop();
      await app.close();
    },
    log: (message) => {
      logger.log(message, 'main');
    },
    error: (message) => {
      logger.error(message, 'main');
    },
  });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`worker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
