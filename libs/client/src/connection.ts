/** One socket for a whole site or program; rooms are entered by whoever shows something and left with the last of them. */
import type { ClientEvents, JoinAnswer, Room, ServerEvents } from '@arena/contracts';
import { io, type Socket } from 'socket.io-client';
import { backoffMs } from './backoff.ts';

/** An answer to a join takes milliseconds; one that was lost must not leave a page without live updates for ever. */
const ANSWER_MS = 15_000;

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
  /** Rooms whose join is tried again later. */
  readonly #retries = new Map<Room, NodeJS.Timeout>();
  #again: NodeJS.Timeout | undefined;
  /** Times that the server has closed the connection since it last let this one into a room. */
  #closings = 0;

  constructor(socket: ArenaSocket) {
    this.socket = socket;
    socket.on('connect', () => {
      this.#become('live');
      // The server forgets rooms with the connection; and whatever happened meanwhile must be read again.
      this.#forgetRetries();
      for (const room of this.#rooms.keys()) this.#join(room);
    });
    socket.on('disconnect', () => {
      this.#become('offline');
      // socket.io reconnects by itself except when the server itself closed the connection.
      if (!socket.active) this.#again = setTimeout(() => socket.connect(), backoffMs(this.#closings++));
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
    this.#forgetRetries();
    clearTimeout(this.#again);
    this.socket.off('disconnect');
    this.socket.disconnect();
  }

  /** Calls back at each change of {@link state}; returns what ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Enters a room and enters it again after each reconnection, calling `onJoined` each time. A server that has no room at the moment
   * is asked again, later and later, until it has. Returns what leaves the room.
   */
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
      clearTimeout(this.#retries.get(room));
      this.#retries.delete(room);
      if (this.socket.connected) this.socket.emit('leave', room);
    };
  }

  #join(room: Room, failures = 0): void {
    const { id } = this.socket;
    this.socket.timeout(ANSWER_MS).emit('join', room, (lost: Error | null, answer?: JoinAnswer) => {
      const uses = this.#rooms.get(room);
      // Of an earlier connection: this one has joined by itself.
      if (!uses || id !== this.socket.id) return;
      if (answer?.ok) this.#closings = 0;
      const again = lost !== null || answer === undefined ? 0 : answer.retryAfterMs;
      if (again !== undefined && !answer?.ok) {
        const join = (): void => {
          this.#retries.delete(room);
          if (this.socket.connected) this.#join(room, failures + 1);
        };
        clearTimeout(this.#retries.get(room));
        this.#retries.set(room, setTimeout(join, backoffMs(failures, again)));
        return;
      }
      for (const use of uses) {
        if (answer?.ok) use.onJoined();
        else use.onRefused(answer?.message ?? 'The server has no live updates for this page.');
      }
    });
  }

  #forgetRetries(): void {
    for (const timer of this.#retries.values()) clearTimeout(timer);
    this.#retries.clear();
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
