/** One socket for a whole site or program; rooms are entered by whoever shows something and left with the last of them. */
import type { ClientEvents, Room, ServerEvents } from '@arena/contracts';
import { io, type Socket } from 'socket.io-client';

export type ConnectionState = 'connecting' | 'live' | 'offline';

export interface RoomUse {
  onJoined: () => void;
  onRefused: (message: string) => void;
}

type ArenaSocket = Socket<ServerEvents, ClientEvents>;

export class Connection {
  readonly socket: ArenaSocket;
  #state: ConnectionState = 'connecting';
  readonly #listeners = new Set<() => void>();
  readonly #rooms = new Map<Room, Set<RoomUse>>();

  constructor(socket: ArenaSocket) {
    this.socket = socket;
    socket.on('connect', () => {
      this.#become('live');
      // The server forgets rooms with the connection; and whatever happened meanwhile must be read again.
      for (const room of this.#rooms.keys()) this.#join(room);
    });
    socket.on('disconnect', () => {
      this.#become('offline');
      // socket.io reconnects by itself except when the server itself closed the connection.
      if (!socket.active) socket.connect();
    });
    socket.on('connect_error', () => {
      this.#become('offline');
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Closes it for good. */
  close(): void {
    this.#rooms.clear();
    this.socket.off('disconnect');
    this.socket.disconnect();
  }

  /** Calls back at each change of {@link state}; returns what ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Enters a room and enters it again after each reconnection, calling `onJoined` each time. Returns what leaves it. */
  enter(room: Room, use: RoomUse): () => void {
    const uses = this.#rooms.get(room) ?? new Set();
    const first = uses.size === 0;
    uses.add(use);
    this.#rooms.set(room, uses);
    if (first && this.socket.connected) this.#join(room);
    else if (this.socket.connected) use.onJoined();
    return () => {
      uses.delete(use);
      if (uses.size > 0 || this.#rooms.get(room) !== uses) return;
      this.#rooms.delete(room);
      if (this.socket.connected) this.socket.emit('leave', room);
    };
  }

  #join(room: Room): void {
    this.socket.emit('join', room, (answer) => {
      for (const use of this.#rooms.get(room) ?? []) {
        if (answer.ok) use.onJoined();
        else use.onRefused(answer.message ?? 'The server has no live updates for this page.');
      }
    });
  }

  #become(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** Opens a connection: to the site that a page comes from, or to the server at `base`. */
export function connect(base?: string): Connection {
  const options = { transports: ['websocket', 'polling'], tryAllTransports: true };
  return new Connection(base === undefined ? io(options) : io(base, { ...options, forceNew: true }));
}
