import { Global, Logger, Module } from '@nestjs/common';
import { CONFIG } from '../config/config.module.ts';
import type { ApiConfig } from '../config/config.ts';
import { readEngineId } from './engine-files.ts';
import { ENGINE_ID } from './engine-id.ts';
import { Pages } from './pages.ts';

@Global()
@Module({
  providers: [
    Pages,
    {
      provide: ENGINE_ID,
      inject: [CONFIG],
      useFactory: ({ engineDir }: ApiConfig) => readEngineId(engineDir, new Logger('website')),
    },
  ],
  exports: [ENGINE_ID],
})
export class WebsiteModule {}
