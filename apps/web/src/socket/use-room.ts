import type { ConnectionState } from '@arena/client';
import type { Room, ServerEvents } from '@arena/contracts';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { connection } from './connection.ts';

/** What a page does with the events of its room. */
export type RoomHandlers = Partial<ServerEvents> & {
  /** The room is entered, also after each reconnection: read again what events cannot tell any more. */
  joined?: () => void;
};

/** How the site stands with the server. */
export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(
    (listener) => connection().subscribe(listener),
    () => connection().state,
  );
}

/** Calls back when the connection comes back after it was lost; for pages without a room. */
export function useReconnected(callback: () => void): void {
  const state = useConnectionState();
  const lost = useRef(false);
  useEffect(() => {
    if (state === 'offline') lost.current = true;
    if (state !== 'live' || !lost.current) return;
    lost.current = false;
    callback();
  }, [state, callback]);
}

/**
 * Stays in a room while the component is shown; null enters none. Returns why the server refused, or null.
 * The newest handlers are always the ones called.
 */
export function useRoom(room: Room | null, handlers: RoomHandlers): string | null {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const [refusal, setRefusal] = useState<{ room: Room; message: string } | null>(null);

  useEffect(() => {
    if (room === null) return;
    const { socket } = connection();
    const forward: ServerEvents = {
      'board:changed': (event) => latest.current['board:changed']?.(event),
      'evaluation:progress': (event) => latest.current['evaluation:progress']?.(event),
      'game:started': (event) => latest.current['game:started']?.(event),
      'game:ended': (event) => latest.current['game:ended']?.(event),
      frame: (gameId, frame) => latest.current.frame?.(gameId, frame),
    };
    socket.on('board:changed', forward['board:changed']);
    socket.on('evaluation:progress', forward['evaluation:progress']);
    socket.on('game:started', forward['game:started']);
    socket.on('game:ended', forward['game:ended']);
    socket.on('frame', forward.frame);
    const leave = connection().enter(room, {
      onJoined: () => {
        setRefusal(null);
        latest.current.joined?.();
      },
      onRefused: (message) => {
        setRefusal({ room, message });
      },
    });
    return () => {
      leave();
      socket.off('board:changed', forward['board:changed']);
      socket.off('evaluation:progress', forward['evaluation:progress']);
      socket.off('game:started', forward['game:started']);
      socket.off('game:ended', forward['game:ended']);
      socket.off('frame', forward.frame);
    };
  }, [room]);

  return refusal !== null && refusal.room === room ? refusal.message : null;
}
