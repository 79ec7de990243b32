import { CHANNELS, WATCH_RENEW_MS } from '@arena/contracts';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ArenaServer } from './broadcaster.ts';
import { readRoom } from './rooms.ts';

/** Tells the workers which games somebody watches, again and again while they do. */
@Injectable()
export class Watching implements OnApplicationShutdown {
  private readonly logger = new Logger('events');
  private timer: NodeJS.Timeout | null = null;

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  start(server: ArenaServer): void {
    this.timer = setInterval(() => {
      const games = [...server.sockets.adapter.rooms.keys()].flatMap((name) => {
        const room = readRoom(name);
        return room?.kind === 'game' ? [room.id] : [];
      });
      this.renew(games);
    }, WATCH_RENEW_MS);
  }

  renew(gameIds: readonly string[]): void {
    if (gameIds.length === 0) return;
    this.dataSource
      .query('SELECT pg_notify($1, id) FROM unnest($2::text[]) AS id', [CHANNELS.watch, gameIds])
      .catch((error: unknown) => {
        this.logger.error(`watched games not renewed: ${(error as Error).message}`);
      });
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }
}
