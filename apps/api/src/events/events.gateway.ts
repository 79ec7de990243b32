import type { ClientEvents, JoinAnswer, ServerEvents } from '@arena/contracts';
import { GameRepository, isUnavailable, SubmissionRepository } from '@arena/persistence';
import { Inject, Logger } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { IncomingMessage } from 'node:http';
import type { Server, Socket } from 'socket.io';
import { SharedReads } from '../cache/shared-reads.ts';
import { CONFIG } from '../config/config.module.ts';
import type { ApiConfig } from '../config/config.ts';
import { RareLog } from '../errors/rare-log.ts';
import { Budget, WINDOW_SECONDS } from '../visitors/budget.ts';
import { FairShare } from '../visitors/fair-share.ts';
import { Gate, TooManyWaitingError } from '../visitors/gate.ts';
import { Tally } from '../visitors/tally.ts';
import { Broadcaster } from './broadcaster.ts';
import { Line } from './line.ts';
import { readRoom, roomName, type RoomName } from './rooms.ts';
import { cut, dropSlowReader } from './unread.ts';
import { Watching } from './watching.ts';

type ArenaSocket = Socket<ClientEvents, ServerEvents>;

/** A page is in one or two rooms. */
const ROOMS_A_SOCKET = 16;
/** Joins of one socket that wait for each other: a page that comes back joins its 16 at once. */
const JOINS_WAITING = 32;
/** Of one address, from any number of sockets: half of what it may have worked on at once, so that its pages are read, too. */
const JOINS_AT_ONCE = 3;
/** After which a join that was refused for want of room is worth another try. */
const RETRY_MS = 1000;

/** The browsers' end: lets them join rooms. All it tells is public, so a socket needs no permission. */
@WebSocketGateway({
  serveClient: false,
  // Browsers send room names and nothing else.
  maxHttpBufferSize: 4_096,
  // Who connects and does not even say hello.
  connectTimeout: 10_000,
})
export class EventsGateway implements OnGatewayInit, OnGatewayConnection {
  private readonly logger = new Logger('events');
  private readonly failures = new RareLog((line) => {
    this.logger.error(line);
  });
  private readonly drops = new RareLog((line) => {
    this.logger.warn(line);
  });
  private readonly sockets: Tally;
  /** A thousand sockets of one address join as slowly as one would. */
  private readonly share = new FairShare(JOINS_AT_ONCE);
  private readonly joins: Budget;

  constructor(
    @Inject(CONFIG) private readonly config: ApiConfig,
    @Inject(Gate) private readonly gate: Gate,
    @Inject(Broadcaster) private readonly broadcaster: Broadcaster,
    @Inject(Watching) private readonly watching: Watching,
    @Inject(SharedReads) private readonly reads: SharedReads,
    @Inject(SubmissionRepository) private readonly submissions: SubmissionRepository,
    @Inject(GameRepository) private readonly games: GameRepository,
  ) {
    this.sockets = new Tally(config.visitors.socketsPerAddress, config.visitors.connections);
    this.joins = new Budget(config.visitors.joinsPerAddress);
  }

  afterInit(server: Server<ClientEvents, ServerEvents>): void {
    const { engine } = server;
    const senderOf = (request: IncomingMessage): string => this.gate.senders.of(request);
    engine.use(this.gate.admitUpgrade);
    engine.opts.allowRequest = (request, answer) => {
      answer('too many sockets from this address', this.sockets.hasRoom(senderOf(request)));
    };
    engine.on('connection', (connection: ArenaSocket['conn']) => {
      connection.once('close', this.sockets.take(senderOf(connection.request)));
      dropSlowReader(connection, this.config.visitors.unreadBytesPerSocket, (bytes) => {
        this.drops.say(`a socket was dropped: it left ${bytes} bytes unread`);
      });
      this.limitMessages(connection);
    });
    this.watching.start(server);
    this.broadcaster.serve(server);
  }

  handleConnection(socket: ArenaSocket): void {
    const line = new Line(JOINS_WAITING);
    const sender = this.gate.senders.of(socket.request);
    // Typed as the contract says, but a stranger sends what it likes.
    socket.on('join', (name: unknown, answer: unknown) => {
      const reply = typeof answer === 'function' ? (answer as (answer: JoinAnswer) => void) : () => undefined;
      if (line.isFull) {
        reply(tryAgain(RETRY_MS));
        return;
      }
      line
        .run(() =>
          this.share.run(sender, () => this.gate.inTurn(sender, () => this.join(socket, sender, name))),
        )
        .then(reply, (error: unknown) => {
          if (error instanceof TooManyWaitingError) {
            reply(tryAgain(2 * RETRY_MS));
            return;
          }
          this.failures.say(`joining failed: ${(error as Error).message}`);
          reply(isUnavailable(error) ? tryAgain(2 * RETRY_MS) : BROKEN);
        });
    });
    socket.on('leave', (name: unknown) => {
      const room = readRoom(name);
      // Behind the joins that came before it.
      if (room) void line.run(async () => socket.leave(roomName(room)));
    });
  }

  private async join(socket: ArenaSocket, sender: string, name: unknown): Promise<JoinAnswer> {
    const room = readRoom(name);
    if (!room) return { ok: false, message: 'A room is board:<competition>, submission:<id> or game:<id>.' };
    if (!socket.connected) return BROKEN;
    if (socket.rooms.has(roomName(room))) return { ok: true };
    // Each socket is in a room of its own from the start.
    if (socket.rooms.size > ROOMS_A_SOCKET)
      return { ok: false, message: `At most ${ROOMS_A_SOCKET} rooms at once; leave one.` };
    const waitMs = await this.joins.spend(sender);
    if (waitMs > 0) return tryAgain(waitMs);
    if (room.kind === 'board') return this.joinBoard(socket, room.competition);
    if (!(await this.exists(room.kind, room.id))) return missing(room.kind);
    await socket.join(roomName(room));
    if (room.kind === 'game') this.watching.renew([room.id]);
    return { ok: true };
  }

  /** In the room before the board is read: what changes in between is not missed. */
  private async joinBoard(socket: ArenaSocket, competition: string): Promise<JoinAnswer> {
    const name = roomName({ kind: 'board', competition });
    await socket.join(name);
    const board = await this.broadcaster.boardNow(competition).catch(async (error: unknown) => {
      await socket.leave(name);
      throw error;
    });
    if (board) {
      socket.emit('board:changed', board);
      return { ok: true };
    }
    await socket.leave(name);
    return missing('board');
  }

  private exists(kind: 'submission' | 'game', id: string): Promise<boolean> {
    return this.reads.read(`${kind}? ${id}`, async () =>
      kind === 'game' ? (await this.games.row(id)) !== null : this.submissions.exists(id),
    );
  }

  /** A page sends a few messages in its life; whoever sends hundreds in seconds keeps the server from others' work. */
  private limitMessages(connection: ArenaSocket['conn']): void {
    const most = this.config.visitors.messagesPerSocket;
    let [count, since] = [0, 0];
    connection.on('packet', () => {
      const now = performance.now();
      if (now - since > WINDOW_SECONDS * 1000) [count, since] = [0, now];
      if (++count <= most) return;
      this.drops.say(`a socket was dropped: it sent more than ${most} messages in ${WINDOW_SECONDS} s`);
      cut(connection);
    });
  }
}

const missing = (kind: RoomName['kind']): JoinAnswer => ({
  ok: false,
  message: `There is no ${kind} of that name.`,
});

const BROKEN: JoinAnswer = { ok: false, message: 'Something broke on our side, not yours. Try again.' };

const tryAgain = (retryAfterMs: number): JoinAnswer => ({
  ok: false,
  message: `The server has too much to do for live updates at the moment. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`,
  retryAfterMs: Math.ceil(retryAfterMs),
});
