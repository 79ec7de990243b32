import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { ApiConfig } from './config.ts';

/** Token under which the checked configuration is injected. */
export const CONFIG = Symbol('config');

@Global()
@Module({})
export class ConfigModule {
  static of(config: ApiConfig): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}
