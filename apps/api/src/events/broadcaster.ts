import { CHANNELS, type ClientEvents, type Notice, type ServerEvents } from '@arena/contracts';
import {
  EvaluationRepository,
  GameRepository,
  Listener,
  SubmissionRepository,
  unreachable,
} from '@arena/persistence';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import pLimit from 'p-limit';
import type { Server } from 'socket.io';
import { BoardCache } from '../cache/board-cache.ts';
import { CONFIG } from '../config/config.module.ts';
import type { ApiConfig } from '../config/config.ts';
import { RareLog } from '../errors/rare-log.ts';
import { Coalescer } from './coalescer.ts';
import { readRoom } from './rooms.ts';

/** Boards and progress at most five times a second each: 16 games at once end in bursts. */
const BURST_MS = 200;
/** How far the database's clock may be from ours when it is asked what changed since the last word from it. */
const CLOCKS_APART_MS = 60_000;

/** Of the pool's ten connections. */
const RETOLD_AT_ONCE = 4;

export type ArenaServer = Server<ClientEvents, ServerEvents>;

/**
 * Hears from PostgreSQL what changed, reads it once, and tells all browsers that are in a room for it. Rooms nobody is in
 * cost nothing. What was missed while the database was away is told anew after it is back.
 */
@Injectable()
export class Broadcaster implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('events');
  private readonly failures = new RareLog((line) => {
    this.logger.error(line);
  });
  private readonly boardBursts = new Coalescer(
    BURST_MS,
    (slug) => this.sendBoard(slug),
    this.failed('board'),
  );
  private readonly progressBursts = new Coalescer(
    BURST_MS,
    (key) => this.sendProgress(key),
    this.failed('progress'),
  );
  /** Thousands of rooms are told anew at once after the database was away. */
  private readonly retelling = pLimit(RETOLD_AT_ONCE);
  private readonly roomBursts = new Coalescer(
    BURST_MS,
    (name) => this.retelling(() => this.retell(name)),
    this.failed('room'),
  );
  private readonly listener: Listener;
  private readonly databaseUrl: string;
  private server: ArenaServer | null = null;
  private connections = 0;
  /** Everything up to here was heard. */
  private heard = new Date();
  /** Nothing before this was missed when the connection was lost the last time. */
  private missedSince = this.heard;

  constructor(
    @Inject(CONFIG) { databaseUrl }: ApiConfig,
    @Inject(BoardCache) private readonly boards: BoardCache,
    @Inject(EvaluationRepository) private readonly evaluations: EvaluationRepository,
    @Inject(GameRepository) private readonly games: GameRepository,
    @Inject(SubmissionRepository) private readonly submissions: SubmissionRepository,
  ) {
    this.databaseUrl = databaseUrl;
    this.listener = new Listener({
      url: databaseUrl,
      channels: [CHANNELS.notices, CHANNELS.frames],
      onNotification: (channel, payload) => {
        this.heard = new Date();
        if (channel === CHANNELS.frames) this.sendFrame(payload);
        else this.take(payload);
      },
      onConnected: () => {
        if (this.connections++ > 0) this.tellAll();
      },
      onLost: (error) => {
        this.logger.warn(`the database connection for events is lost (${error.message}); connecting again`);
      },
    });
  }

  /** Whom to tell; before that nobody is there who could be told. */
  serve(server: ArenaServer): void {
    this.server = server;
  }

  /** Rejects with DatabaseUnreachableError: an API that hears nothing must not start. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.listener.open();
    } catch (error) {
      throw unreachable(this.databaseUrl, error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.boardBursts.close();
    this.progressBursts.close();
    this.roomBursts.close();
    await this.listener.close();
  }

  /** The board as it is now, for one who just joined its room: what changed between its page and its joining. */
  async boardNow(competition: string): Promise<Parameters<ServerEvents['board:changed']>[0] | null> {
    const board = await this.boards.read(competition);
    return board && { competition, version: board.view.version, rows: board.view.rows };
  }

  private isWatched(room: string): boolean {
    return (this.server?.sockets.adapter.rooms.get(room)?.size ?? 0) > 0;
  }

  private take(payload: string): void {
    // Only our own processes can notify; a payload that is none of theirs is a defect worth a line.
    let notice: Notice;
    try {
      notice = JSON.parse(payload) as Notice;
    } catch (error) {
      this.failed('notice')(error);
      return;
    }
    switch (notice.kind) {
      case 'board':
        if (this.isWatched(`board:${notice.competition}`)) this.boardBursts.touch(notice.competition);
        return;
      case 'evaluation':
        if (
          this.isWatched(`board:${notice.competition}`) ||
          this.isWatched(`submission:${notice.submissionId}`)
        ) {
          this.progressBursts.touch(`${notice.evaluationId} ${notice.submissionId} ${notice.competition}`);
        }
        return;
      case 'game:started':
      case 'game:ended':
        this.sendGame(notice).catch(this.failed('game'));
    }
  }

  private async sendBoard(competition: string): Promise<void> {
    const event = await this.boardNow(competition);
    if (event) this.server?.to(`board:${competition}`).emit('board:changed', event);
  }

  private async sendProgress(key: string): Promise<void> {
    const [evaluationId = '', submissionId = '', competition = ''] = key.split(' ');
    const evaluation = await this.evaluations.find(evaluationId);
    if (!evaluation) return;
    this.server
      ?.to([`board:${competition}`, `submission:${submissionId}`])
      .emit('evaluation:progress', { submissionId, competition, evaluation });
  }

  private async sendGame(notice: Extract<Notice, { gameId: string }>): Promise<void> {
    const rooms = [`submission:${notice.submissionId}`, `game:${notice.gameId}`];
    if (!rooms.some((room) => this.isWatched(room))) return;
    const game = await this.games.row(notice.gameId);
    if (!game) return;
    const { submissionId, competition } = notice;
    this.server?.to(rooms).emit(notice.kind, { submissionId, competition, game });
  }

  private sendFrame(payload: string): void {
    const space = payload.indexOf(' ');
    const gameId = payload.slice(0, space);
    const room = `game:${gameId}`;
    if (space < 0 || !this.isWatched(room)) return;
    const bytes = Buffer.from(payload.slice(space + 1), 'base64');
    // A copy of its own: a Buffer may lie in a shared pool, of which all would be sent.
    const frame = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    this.server?.to(room).volatile.emit('frame', gameId, frame);
  }

  private tellAll(): void {
    this.missedSince = new Date(this.heard.getTime() - CLOCKS_APART_MS);
    this.heard = new Date();
    for (const name of this.server?.sockets.adapter.rooms.keys() ?? []) this.roomBursts.touch(name);
  }

  /** Tells a room what may have changed while nothing was heard. */
  private async retell(name: string): Promise<void> {
    const room = readRoom(name);
    switch (room?.kind) {
      case undefined:
        return;
      case 'board':
        this.boardBursts.touch(room.competition);
        return;
      case 'submission': {
        const submission = await this.submissions.find(room.id);
        if (!submission) return;
        const { competition, evaluation } = submission;
        this.progressBursts.touch(`${evaluation.id} ${room.id} ${competition}`);
        for (const game of await this.games.changedSince(room.id, this.missedSince))
          this.tellGame(`submission:${room.id}`, { submissionId: room.id, competition, game });
        return;
      }
      case 'game': {
        const game = await this.games.find(room.id);
        if (!game) return;
        const { submissionId, competition } = game;
        const row = await this.games.row(room.id);
        if (row) this.tellGame(`game:${room.id}`, { submissionId, competition, game: row });
      }
    }
  }

  private tellGame(room: string, event: Parameters<ServerEvents['game:ended']>[0]): void {
    if (event.game.state === 'pending') return;
    this.server?.to(room).emit(event.game.state === 'finished' ? 'game:ended' : 'game:started', event);
  }

  private failed(what: string): (error: unknown) => void {
    return (error) => {
      this.failures.say(`${what} event not sent: ${error instanceof Error ? error.message : String(error)}`);
    };
  }
}
