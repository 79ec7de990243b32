import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { PermissionGuard } from './access/permission.guard.ts';
import { CacheModule } from './cache/cache.module.ts';
import { CompetitionsModule } from './competitions/competitions.module.ts';
import { ConfigModule } from './config/config.module.ts';
import type { ApiConfig } from './config/config.ts';
import { DatabaseModule } from './database/database.module.ts';
import { ErrorFilter } from './errors/error.filter.ts';
import { EventsModule } from './events/events.module.ts';
import { GamesModule } from './games/games.module.ts';
import { HealthModule } from './health/health.module.ts';
import { SchemasModule } from './schemas/schemas.module.ts';
import { SubmissionsModule } from './submissions/submissions.module.ts';
import { UpkeepModule } from './upkeep/upkeep.module.ts';
import { RequestPipe } from './validation.ts';
import { VisitorsModule } from './visitors/visitors.module.ts';
import { WebsiteModule } from './website/website.module.ts';

@Module({})
export class AppModule {
  static of(config: ApiConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.of(config),
        DatabaseModule,
        CacheModule,
        VisitorsModule,
        DiscoveryModule,
        WebsiteModule,
        CompetitionsModule,
        SubmissionsModule,
        GamesModule,
        HealthModule,
        SchemasModule,
        EventsModule,
        UpkeepModule,
      ],
      providers: [
        { provide: APP_GUARD, useClass: PermissionGuard },
        { provide: APP_PIPE, useClass: RequestPipe },
        { provide: APP_FILTER, useClass: ErrorFilter },
      ],
    };
  }
}
