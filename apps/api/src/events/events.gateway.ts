import type { ClientEvents, ServerEvents } from '@arena/contracts';
import { CompetitionRepository, GameRepository, SubmissionRepository } from '@arena/persistence';
import { Inject, Logger } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { Server, Socket } from 'socket.io';
import { Broadcaster } from './broadcaster.ts';
import { readRoom, roomName, type RoomName } from './rooms.ts';
import { Watching } from './watching.ts';

type ArenaSocket = Socket<ClientEvents, ServerEvents>;

/** A page is in one or two rooms. */
const ROOMS_A_SOCKET = 16;

/** The browsers' end: lets them join rooms. All it tells is public, so a socket needs no permission. */
@WebSocketGateway({
  serveClient: false,
  // Browsers send room names and nothing else.
  maxHttpBufferSize: 4_096,
})
export class EventsGateway implements OnGatewayInit, OnGatewayConnection {
  private readonly logger = new Logger('events');

  constructor(
    @Inject(Broadcaster) private readonly broadcaster: Broadcaster,
    @Inject(Watching) private readonly watching: Watching,
    @Inject(CompetitionRepository) private readonly competitions: CompetitionRepository,
    @Inject(SubmissionRepository) private readonly submissions: SubmissionRepository,
    @Inject(GameRepository) private readonly games: GameRepository,
  ) {}

  afterInit(server: Server<ClientEvents, ServerEvents>): void {
    this.watching.start(server);
    this.broadcaster.serve(server);
  }

  handleConnection(socket: ArenaSocket): void {
    // Typed as the contract says, but a stranger sends what it likes.
    socket.on('join', (name: unknown, answer: unknown) => {
      const reply =
        typeof answer === 'function' ? (answer as Parameters<ClientEvents['join']>[1]) : () => undefined;
      this.join(socket, name).then(reply, (error: unknown) => {
        this.logger.error(`joining failed: ${(error as Error).message}`);
        reply({ ok: false, message: 'Something broke on our side, not yours. Try again.' });
      });
    });
    socket.on('leave', (name: unknown) => {
      const room = readRoom(name);
      if (room) void socket.leave(roomName(room));
    });
  }

  private async join(socket: ArenaSocket, name: unknown): Promise<{ ok: boolean; message?: string }> {
    const room = readRoom(name);
    if (!room) return { ok: false, message: 'A room is board:<competition>, submission:<id> or game:<id>.' };
    // Each socket is in a room of its own from the start.
    if (socket.rooms.size > ROOMS_A_SOCKET)
      return { ok: false, message: `At most ${ROOMS_A_SOCKET} rooms at once; leave one.` };
    if (!(await this.exists(room))) return { ok: false, message: `There is no ${room.kind} of that name.` };
    await socket.join(roomName(room));
    if (room.kind === 'game') this.watching.renew([room.id]);
    if (room.kind === 'board') {
      const board = await this.broadcaster.boardNow(room.competition);
      if (board) socket.emit('board:changed', board);
    }
    return { ok: true };
  }

  private async exists(room: RoomName): Promise<boolean> {
    switch (room.kind) {
      case 'board':
        return (await this.competitions.find(room.competition)) !== null;
      case 'submission':
        return this.submissions.exists(room.id);
      case 'game':
        return (await this.games.row(room.id)) !== null;
    }
  }
}
