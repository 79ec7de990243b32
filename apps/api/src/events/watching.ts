import { CHANNELS, WATCH_RENEW_MS } from '@arena/contracts';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RareLog } from '../errors/rare-log.ts';
import type { ArenaServer } from './broadcaster.ts';
import { readRoom } from './rooms.ts';

/** Games that are watched at most: more are not played at once, and each is a message to all workers every two seconds. */
const MOST_GAMES = 256;

/** Games that are over send no pictures, whoever sits in their rooms. */
const WATCH = `
SELECT pg_notify($1, g."id"::text) FROM (
  SELECT "id" FROM "game" WHERE "id" = ANY($2::uuid[]) AND "state" <> 'finished'
  ORDER BY "state" = 'running' DESC LIMIT ${MOST_GAMES}) g`;

/** Tells the workers which games somebody watches, again and again while they do. */
@Injectable()
export class Watching implements OnApplicationShutdown {
  private readonly logger = new Logger('events');
  private readonly failures = new RareLog((line) => {
    this.logger.error(line);
  });
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
    this.dataSource.query(WATCH, [CHANNELS.watch, gameIds]).catch((error: unknown) => {
      this.failures.say(`watched games not renewed: ${(error as Error).message}`);
    });
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }
}
