/** The worker process. First signal: hand back what is being played and stop; second: stop now. */
import 'reflect-metadata';
import { Lines } from '@arena/logging';
import { NestFactory } from '@nestjs/core';
import { readConfig } from './config/config.ts';
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

  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(130);
      stopping = true;
      logger.log(`${signal}: handing shards back; once more to end at once`, 'main');
      worker
        .stop()
        .then(() => app.close())
        .then(
          () => process.exit(0),
          (error: unknown) => {
            logger.error(`did not stop cleanly: ${String(error)}`, 'main');
            process.exit(1);
          },
        );
    });
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`worker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
